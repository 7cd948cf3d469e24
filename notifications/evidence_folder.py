"""The notices of a publication in an evidence folder: see documents/evidence/contents.py.

The words and the lines are handed out as they are; only the log makes proof of them.
"""

from documents.evidence.contents import NOTICES
from documents.evidence.export import readable
from notifications import evidence
from notifications.messages import wording_of


def files_of(publication):
    """(name, content) of each file. Lines of proof are read when they are written."""
    for notice in publication.notices.order_by("round"):
        folder = f"{NOTICES}/{notice.round}"
        yield f"{folder}/notice.json", readable(facts_of(notice))
        for message in notice.messages.order_by("language"):
            yield f"{folder}/message-{message.language}.json", readable(words_of(message))
        if notice.sealed_at is not None:
            yield f"{folder}/deliveries.jsonl", evidence.leaves(notice)


def facts_of(notice):
    return {
        "publication": notice.publication_id,
        "round": notice.round,
        "notice_kind": notice.kind,
        "audience": notice.audience,
        "opened_at": notice.opened_at,
        "sealed_at": notice.sealed_at,
    }


def words_of(message):
    """removed: the message held words that were removed by order, and a marker stands here."""
    return {
        "subject": message.subject,
        "text": message.text,
        "html": message.html,
        "sha256": message.sha256,
        "removed": wording_of(message).sha256 != message.sha256,
    }
