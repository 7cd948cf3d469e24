"""What stands in a proof for a person's address: nobody can link the two without the salt.

Destroying the salt ends the link for good; the proof still verifies.
"""

import hashlib
import hmac
import unicodedata

try:
    import idna
except ModuleNotFoundError:  # an exported folder brings this file to a bare Python
    idna = None  # type: ignore[assignment]


def normalised(email: str) -> str:
    """The form in which two addresses are one: domain in lower-case ASCII, the rest NFC as written.

    Source: RFC 5321, section 2.4: only the domain may be compared without case;
    IDNA 2008 with the mapping of UTS 46. What is no domain is left in lower case.
    """
    local, _at, domain = unicodedata.normalize("NFC", email.strip()).rpartition("@")
    return f"{local}@{_ascii(domain)}"


def _ascii(domain: str) -> str:
    """A bare Python knows IDNA 2003, which differs in a few letters such as ß alone."""
    try:
        if idna is None:
            return domain.lower().encode("idna").decode()
        return str(idna.encode(domain, uts46=True).decode())
    except UnicodeError:
        return domain.lower()


def commitment(email: str, salt: str) -> str:
    """HMAC-SHA256 of the normalised address under the person's salt, both in hexadecimal.

    Raises ValueError if the salt is not hexadecimal or the address is no text
    that can be written as UTF-8.
    """
    key = bytes.fromhex(salt)
    return hmac.new(key, normalised(email).encode(), hashlib.sha256).hexdigest()
