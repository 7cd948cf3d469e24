"""Telling people: notices, recipients, deliveries, and the proof for each person.

Imports documents; documents never imports this.
"""
