"""What a mail server's status codes say about an address. Pure.

Source: RFC 3463, sections 3.2 and 3.8. Rejected: judging by the reply code
alone, for 550 stands for a dead address and for refused content alike.
"""

import re

# Of 5.1.x, those that say that the mailbox or its domain is not there. The others are about the
# sender (7, 8), an address that is ambiguous (4) or one that is valid (5).
DEAD = frozenset(["0", "1", "2", "3", "6", "10"])
ENHANCED = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
REPLY = re.compile(r"(?<![\d.])([45]\d\d)(?![\d.])")


def code_in(text: str) -> str:
    """The enhanced status code in a server's words, else its reply code, else an empty text."""
    found = ENHANCED.search(text) or REPLY.search(text)
    return found[1] if found else ""


def says_address_is_dead(code: str) -> bool:
    """Whether later mail to the address is in vain. Refused content (5.7.x) says nothing of it."""
    found = ENHANCED.search(code)
    if found is None:
        return False
    group, subject, detail = found[1].split(".")
    return (group, subject) == ("5", "1") and detail in DEAD
