"""What stands in a proof for a person's address: nobody can link the two without the salt.

Destroying the salt ends the link for good; the proof still verifies.
"""

import hashlib
import hmac
import unicodedata


def normalised(email: str) -> str:
    """The form in which two addresses are one: domain in lower case, the rest as written, NFC.

    Source: RFC 5321, section 2.4: only the domain may be compared without case.
    """
    local, _at, domain = unicodedata.normalize("NFC", email.strip()).rpartition("@")
    return f"{local}@{domain.lower()}"


def commitment(email: str, salt: str) -> str:
    """HMAC-SHA256 of the normalised address under the person's salt, both in hexadecimal.

    Raises ValueError if the salt is not hexadecimal or the address is no text
    that can be written as UTF-8.
    """
    key = bytes.fromhex(salt)
    return hmac.new(key, normalised(email).encode(), hashlib.sha256).hexdigest()
