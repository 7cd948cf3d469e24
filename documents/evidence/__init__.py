"""Proof that needs no trust in us: canonical form, hash chain, Merkle root.

Pure: standard library only. What is recorded, and when, is decided by actions.
"""
