"""Proof that needs no trust in us: canonical form, hash chain, Merkle tree, evidence folder.

Pure: no Django, no clock, no network. What is recorded, and when, is decided by
actions. All but time stamps (timestamps.py, on an RFC 3161 library) and the
making of folders (export.py) is copied into every evidence folder and checks it
there, so it imports the standard library and itself alone.
"""
