"""Policies, their clauses, versions and publications, and the proof of all three.

Nothing here knows how anyone is told: this app says what must be told and takes
the evidence that it was.
"""
