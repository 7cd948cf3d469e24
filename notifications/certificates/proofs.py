"""The line about one person in the sealed root of a notice, and the way from one to the other."""

import json

from documents.evidence.canonical import canonical
from documents.evidence.receipt import receipt
from notifications import evidence
from notifications.models import Delivery

from .log import line_of
from .vocabulary import Proof


def proofs(deliveries, log, most_lines=None):
    """Delivery id → its Proof, or None while its notice is not sealed.

    Every proof reads all lines of its notice, which takes a second for some ten
    thousand. most_lines: how many to read in all, the newest notice first.
    """
    found = {}
    for delivery in reversed(deliveries):
        made = found[delivery.pk] = proof(delivery, log, most_lines)
        if made and made.holds is not None and most_lines is not None:
            most_lines -= made.size
    return found


def proof(delivery, log, most_lines=None):
    """The Proof of one delivery; None while its notice is not sealed.

    The lines are made anew from the record: if one of them was changed since the
    sealing, there is no path, and ``holds`` is False.
    """
    notice = delivery.notice
    sealed = log.entry(notice.publication_id, "notice.settled", round=notice.round)
    if sealed is None:
        return None
    root, size = sealed.payload["deliveries_root"], sealed.payload["planned"]
    if most_lines is not None and size > most_lines:
        return Proof(root=root, size=size, sealed=line_of(sealed), holds=None)
    index = Delivery.objects.filter(notice=notice, pk__lt=delivery.pk).count()
    try:
        found = json.loads(receipt(evidence.leaves(notice), index, root))
    except (IndexError, ValueError):
        return Proof(root=root, size=size, sealed=line_of(sealed), holds=False)
    return Proof(
        leaf=found["leaf"],
        index=index,
        path=tuple(found["path"]),
        root=root,
        size=size,
        sealed=line_of(sealed),
        holds=found["size"] == size,
    )


def proof_file(proof):
    """The file that ``verify.py --proof`` in an evidence folder reads; without the salt."""
    return canonical(
        {
            "leaf": proof.leaf,
            "index": proof.index,
            "size": proof.size,
            "path": proof.path,
            "root": proof.root,
        }
    )
