"""What versions cost in storage, and how long it takes to ask for them.

Peer: storing every text in full, as Wagtail revisions do, in the same SQLite
with the same texts. VERSIONS and CLAUSES can be set in the environment.
"""

import os
import random
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VERSIONS = int(os.environ.get("VERSIONS", "1000"))
CLAUSES = int(os.environ.get("CLAUSES", "200"))
EDITS = 3
WORDS = [
    "the",
    "data",
    "that",
    "we",
    "keep",
    "of",
    "you",
    "is",
    "told",
    "to",
    "nobody",
    "but",
    "those",
    "whom",
    "the",
    "law",
    "names",
]


def main():
    reports = os.environ.get("DATA", "var")
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATA": folder,
            "DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "legalcms.settings.dev",
        }
        sys.path.insert(0, str(ROOT))
        import django

        django.setup()
        figures = measure()
    os.environ["DATA"] = reports
    from bench.reporting import report

    report("storage", figures)


def measure():
    from django.core.management import call_command
    from wagtail.models import Revision

    from bench.reporting import Figure
    from documents import queries
    from legalcms import clock

    call_command("migrate", verbosity=0)
    policy, draft, actor = prepare()
    chance = random.Random(1)  # noqa: S311
    empty = size()
    for number in range(VERSIONS):
        if number:
            edit(draft, chance)
        publish(draft, actor, number)
    ours = size() - empty
    draft_rows = Revision.objects.filter(object_id=str(policy.pk))
    before = size()
    chance = random.Random(1)  # noqa: S311
    for _number in range(VERSIONS):
        edit(draft, chance)
        draft_rows.create(
            content_object=policy,
            base_content_type=policy.get_base_content_type(),
            content=draft.serializable_data(),
            object_str="x",
            created_at=clock.now(),
        )
    full = size() - before
    key = draft.ordered_clauses()[0].key
    counted = queries_of(lambda: queries.in_force(policy, clock.now()))
    counted_history = queries_of(lambda: list(queries.clause_history(policy, key)))
    return [
        Figure(f"storage of {VERSIONS} versions", ours / 1e6, "MB", full / 1e6, 1 / 15),
        Figure("in_force", timed(lambda: queries.in_force(policy, clock.now())), "ms", None, 2),
        Figure(
            "history of a clause",
            timed(lambda: list(queries.clause_history(policy, key))),
            "ms",
            None,
            2,
        ),
        Figure("queries of in_force", counted, "", None, 1),
        Figure("queries of a clause's history", counted_history, "", None, 1),
    ]


def prepare():
    """A policy with its first draft."""
    from django.contrib.auth import get_user_model

    from documents.actions.create_policy import create_policy
    from documents.actions.create_publisher import create_publisher
    from documents.actions.editing import replace_clauses
    from documents.models import Actor, Clause

    user = get_user_model().objects.create_superuser("bench", password=None)
    publisher = create_publisher(slug="bench", name="Bench", contact="a@b.example", by=user)
    policy = create_policy(publisher=publisher, slug="policy", title="Policy", by=user)
    draft = policy.draft()
    chance = random.Random(0)  # noqa: S311
    clauses = [
        Clause(level=1, number=str(n), heading=f"Clause {n}", body=text(chance))
        for n in range(1, CLAUSES + 1)
    ]
    replace_clauses(draft, clauses)
    return policy, draft, Actor.of(user)


def publish(draft, actor, number):
    """One version under a publication of its own, each in force a minute after the one before."""
    from datetime import timedelta

    from django.db import transaction

    from documents.actions.freezing import freeze
    from documents.models import Publication
    from legalcms import clock

    at = clock.now() - timedelta(minutes=VERSIONS - number)
    with transaction.atomic():
        publication = Publication.objects.create(
            publisher=draft.publisher,
            proposal={"summary": "", "significance": "minor"},
            proposal_sha256="",
            proposed_at=at,
            proposed_by=actor.key,
            announced_at=at,
            effective_at=at,
            cleared_at=at,
        )
        freeze(draft, publication, at, actor)


def queries_of(call):
    """How many statements one call sends to the database."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


def edit(draft, chance):
    from documents.actions.editing import replace_clauses

    clauses = draft.ordered_clauses()
    for clause in chance.sample(clauses, EDITS):
        clause.body = text(chance)
    replace_clauses(draft, clauses)


def text(chance, words=80):
    return f"<p>{' '.join(chance.choice(WORDS) for _ in range(words))}.</p>"


def size():
    """Bytes in use by the database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return cursor.fetchone()[0]


def timed(call, times=200):
    """Median milliseconds of one call."""
    spans = []
    for _ in range(times):
        begin = time.perf_counter()
        call()
        spans.append((time.perf_counter() - begin) * 1000)
    return sorted(spans)[times // 2]


if __name__ == "__main__":
    main()
