"""From a draft to a Version: share what did not change, hash what there is."""

from documents.evidence.canonical import digest
from documents.models import ClauseText, Place, Version
from documents.models.clauses import text_sha256


def freeze(draft, publication, now, actor):
    """Write the draft as the policy's next Version. Call with the policy locked."""
    version, previous = version_of(draft, publication), newest(draft)
    version.outline = _places(draft, version.number, _texts(draft), previous)
    version.frozen_at, version.frozen_by = now, actor.key
    version.save()
    return version


def version_of(draft, publication):
    """The Version that the draft would be frozen as now, its hash made; unsaved, without places."""
    previous, details = newest(draft), draft.details()
    version = Version(
        policy=draft,
        publication=publication,
        number=previous.number + 1 if previous else 1,
        language=draft.locale.language_code,
        title=details["title"],
        legal_entity=details["legal_entity"],
        contact=details["contact"],
        promise_record=details["promise"],
        summary=publication.proposal["summary"],
        significance=publication.proposal["significance"],
        draft_sha256=draft.draft_sha256(),
    )
    version.sha256 = digest(version.record(draft.outline()))
    return version


def newest(draft):
    return draft.versions.order_by("-number").first()


def _texts(draft):
    """Clause key → ClauseText, each text stored once per publisher.

    Inserted in the order of their hashes: two drafts that share texts would
    otherwise wait for each other on PostgreSQL.
    """
    wanted = {
        clause.key: ClauseText(
            publisher=draft.publisher,
            sha256=text_sha256(clause.heading, clause.body),
            heading=clause.heading,
            body=clause.body,
        )
        for clause in draft.ordered_clauses()
    }
    ordered = sorted(wanted.values(), key=lambda text: text.sha256)
    ClauseText.objects.bulk_create(ordered, ignore_conflicts=True)
    stored = ClauseText.objects.filter(
        publisher=draft.publisher,
        sha256__in={text.sha256 for text in wanted.values()},
        removal__isnull=True,
    )
    by_hash = {text.sha256: text for text in stored}
    return {key: by_hash[text.sha256] for key, text in wanted.items()}


def _places(draft, number, texts, previous):
    """Ids of the Places in reading order, made where a clause differs from before."""
    before = {place.key: place for place in previous.places()} if previous else {}
    clauses = draft.ordered_clauses()
    new = [
        Place(
            policy=draft,
            since=number,
            key=clause.key,
            level=clause.level,
            number=clause.number,
            text=texts[clause.key],
        )
        for clause in clauses
        if not _same(before.get(clause.key), clause, texts[clause.key])
    ]
    present = {clause.key for clause in clauses}
    gone = [
        Place(policy=draft, since=number, key=key, level=place.level, number=place.number)
        for key, place in before.items()
        if key not in present
    ]
    made = Place.objects.bulk_create([*new, *gone])
    ids = {key: place.pk for key, place in before.items()}
    ids.update((place.key, place.pk) for place in made)
    return [ids[clause.key] for clause in clauses]


def _same(place, clause, text):
    return place is not None and (place.level, place.number, place.text_id) == (
        clause.level,
        clause.number,
        text.pk,
    )
