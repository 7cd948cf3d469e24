"""Keyed hashes by which requests to follow are counted, without keeping what they hash."""

import ipaddress

from django.utils.crypto import salted_hmac

from documents.evidence.commitment import normalised

IPV6_HOUSEHOLD = 64  # bits that one household shares


def address_key(email):
    return salted_hmac(
        "notifications.follow.address", normalised(email), algorithm="sha256"
    ).hexdigest()


def ip_key(ip):
    """Of an IPv6 address the network counts, for a household has more than it can use."""
    address = ipaddress.ip_address(ip)
    if address.version == 6:
        address = ipaddress.ip_network((address, IPV6_HOUSEHOLD), strict=False).network_address
    return salted_hmac("notifications.follow.ip", str(address), algorithm="sha256").hexdigest()
