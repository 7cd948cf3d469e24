"""The certificate: for one person, policy and day, what was in force and what they were told of it.

Vocabulary first (a Certificate), then gathering and what it calls, which read
the record and change nothing; then what is proven (findings) and what is not
(limits), all of it in words (sheet, of blocks), and the words on paper (paper).
Who may look, and the note that somebody did, are in access. Sending, sealing and
the log live elsewhere.
"""

from .gathering import certificate, require_day
from .vocabulary import Certificate

__all__ = ["Certificate", "certificate", "require_day"]
