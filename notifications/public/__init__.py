"""The readers' side of notices: what was sent, with its hash; and following a policy by e-mail.

A link in a mail shows and never acts: programs open links before people do.
"""
