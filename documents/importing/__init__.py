"""Reads a file that somebody wrote elsewhere into an Outline: title, clauses, what is left over.

Everything here is pure: bytes in, values out. Nothing is stored, no draft is
touched and no key is given to a clause: aligning an outline with a draft is
the work of whoever imports it. Start at reading.py.
"""

from .word.package import MAX_BYTES  # no reader takes more; most take less

__all__ = ["MAX_BYTES"]
