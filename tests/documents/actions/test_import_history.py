"""Past texts become versions that say what they are, in a chain that nothing can extend."""

from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction

from documents import queries
from documents.actions import import_history as importing
from documents.actions import record_version as recording
from documents.actions.create_policy import create_policy
from documents.actions.import_history import Import, import_history
from documents.actions.publish_version import publish_version
from documents.actions.reading_history import read_history
from documents.actions.record_version import NEW, SAME
from documents.errors import FileUnreadable, InvalidInput, NotAllowed, NothingChanged, Refused
from documents.models import Entry, ImportedFile, Policy, Publication, Role, Version
from documents.models.publications import State
from documents.models.publishers import TwoPersonRule
from documents.promises import legal_day
from legalcms import clock
from notifications.models import Notice
from tests import factories
from tests.factories import MATERIAL_TEXT, TEXT

pytestmark = pytest.mark.django_db
LONGER = MATERIAL_TEXT + "\n## 3. Cookies\n\nWe set no cookies.\n"
REWRITTEN = TEXT.replace(
    "## 1. What we keep\n\nWe keep your name for two years.",
    "## 7. What we keep\n\nCookies are small files that sites leave on devices to read later.",
)
CHAIN = {
    "001_2018-05-14_a.md": TEXT,
    "002_2018-05-25_b.md": MATERIAL_TEXT,
    "003_2018-05-25_c.md": MATERIAL_TEXT,
    "004_2020-04-13_d.md": LONGER,
}


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def world(tmp_path):
    """A publisher whose every change needs a second person, and a folder to fill."""
    admin = factories.admin()
    publisher = factories.publisher(admin, two_person_rule=TwoPersonRule.ALWAYS)
    return SimpleNamespace(
        admin=admin,
        publisher=publisher,
        ada=factories.member(publisher, Role.PUBLISHER),
        folder=tmp_path,
    )


def put(folder, files):
    for name, text in files.items():
        (folder / name).write_text(text)


def history_in(world, files=None, doubtful=NEW, slug="terms"):
    """The folder as an Import. files: to be put there before."""
    put(world.folder, files or {})
    today = legal_day(clock.now(), world.publisher.zone)
    texts = read_history(world.folder, today=today)
    return Import(world.publisher, slug, texts, doubtful)


def run(world, files=None, doubtful=NEW, by=None):
    policy, _made = import_history(history_in(world, files, doubtful), by=by or world.ada)
    return policy


def told(world, files):
    """What stands in the way of reading these files, a line for each."""
    put(world.folder, files)
    with pytest.raises(FileUnreadable) as error:
        read_history(world.folder, today=date(2026, 1, 1))
    return str(error.value).split("\n")


def state_of(policy):
    """All that an import leaves, with keys by the order in which they first appear."""
    names = {}
    versions = policy.versions.order_by("number").select_related("publication")

    def shape(clauses):
        return [
            (names.setdefault(c.key, len(names)), c.level, c.number, c.heading, c.body)
            for c in clauses
        ]

    texts = [
        (v.number, v.title, v.publication.given_on, v.significance, shape(v.clauses()))
        for v in versions
    ]
    policy.refresh_from_db()
    return {
        "texts": texts,
        "draft": shape(policy.draft().states()),
        "title": policy.title,
        "live": policy.live,
        "entries": [e.payload["file"] for e in queries.recorded_entries(policy)],
        "files": list(ImportedFile.objects.filter(policy=policy).order_by("pk").values("sha256")),
        "revisions": policy.revisions.count(),
    }


# What is recorded


def test_each_text_becomes_a_version_with_its_day_as_given(world):
    policy = run(world, CHAIN)
    versions = policy.versions.order_by("number")
    days = [version.publication.given_on for version in versions]
    assert days == [date(2018, 5, 14), date(2018, 5, 25), date(2020, 4, 13)]
    assert [version.title for version in versions] == ["Privacy"] * 3
    assert [version.significance for version in versions] == ["material"] * 3
    assert policy.title == "Privacy"


def test_a_text_equal_to_the_one_before_is_skipped(world):
    seen = []
    history = history_in(world, CHAIN)
    import_history(history, by=world.ada, tell=lambda text, version: seen.append((text, version)))
    assert [text.name for text, version in seen if version is None] == ["003_2018-05-25_c.md"]


def test_each_version_has_the_title_that_its_file_had(world):
    policy = run(
        world,
        {
            "2018-01-01.md": TEXT,
            "2019-01-01.md": MATERIAL_TEXT.replace("# Privacy\n", "# Privacy Notice\n"),
        },
    )
    titles = policy.versions.order_by("number").values_list("title", flat=True)
    assert list(titles) == ["Privacy", "Privacy Notice"]
    assert policy.title == "Privacy Notice"


def test_a_policy_without_clauses_takes_a_history_and_its_title(world):
    create_policy(publisher=world.publisher, slug="terms", title="Draft", by=world.admin)
    policy = run(world, CHAIN)
    policy.refresh_from_db()
    assert (policy.title, policy.live, policy.versions.count()) == ("Privacy", True, 3)


def test_the_record_does_not_claim_what_it_did_not_see(world):
    before = clock.now()
    policy = run(world, CHAIN)
    assert queries.in_force(policy, before) is None
    for publication in Publication.objects.filter(versions__policy=policy):
        moments = {publication.announced_at, publication.effective_at, publication.cleared_at}
        assert len(moments) == 1
        assert min(moments) >= before


def test_the_last_text_is_in_force_and_is_the_draft(world):
    policy = run(world, CHAIN)
    last = queries.in_force(policy, clock.now())
    assert last.number == 3
    assert policy.draft().states() == last.clauses()
    with pytest.raises(NothingChanged):
        factories.propose(policy, world.ada)


def test_the_log_names_the_day_and_the_file(world):
    policy = run(world, CHAIN)
    entry = queries.entry_of(policy.versions.get(number=3).publication)
    imported = ImportedFile.objects.get(version__number=3)
    assert entry.payload["given_on"] == "2020-04-13"
    assert entry.payload["file"] == {
        "place": 4,
        "name": "004_2020-04-13_d.md",
        "sha256": imported.sha256,
    }
    assert imported.data == LONGER.encode()
    assert imported.accepted_at


def test_nobody_is_told_of_a_past(world):
    factories.recipients(world.publisher, world.admin)
    policy = run(world, CHAIN)
    assert factories.work() == {}
    assert not Notice.objects.exists()
    assert not Publication.objects.open().exists()
    now = clock.now()
    assert {p.state(now) for p in Publication.objects.all()} == {State.EFFECTIVE}
    assert queries.pending(policy, now) is None


# Keys


def keys_of(version):
    return {(clause.heading, clause.body): clause.key for clause in version.clauses()}


def test_a_clause_keeps_its_key_through_the_chain(world):
    first, _second, last = run(world, CHAIN).versions.order_by("number")
    assert [c.key for c in last.clauses()][:2] == [c.key for c in first.clauses()]


@pytest.mark.parametrize(("doubtful", "is_kept"), [(NEW, False), (SAME, True)])
def test_a_doubtful_clause_is_decided_as_asked_and_never_silently(world, doubtful, is_kept):
    files = {"2018-01-01.md": TEXT, "2019-01-01.md": REWRITTEN}
    first, second = run(world, files, doubtful).versions.order_by("number")
    before, after = first.clauses()[0].key, second.clauses()[0].key
    assert (before == after) == is_kept
    (guess,) = queries.entry_of(second.publication).payload["doubtful"]
    assert (guess["key"], guess["like"]) == (after, before)
    assert 0 < guess["percent"] < 60


def test_real_histories_share_the_keys_of_all_clauses_with_the_same_text(world, histories):
    for folder in ("37signals-terms", "github-acceptable-use"):
        world.folder = histories / folder
        policy, _made = import_history(history_in(world, slug=folder), by=world.ada)
        versions = list(policy.versions.order_by("number"))
        assert len(versions) > 20
        shared = 0
        for old, new in pairwise(versions):
            before, after = keys_of(old), keys_of(new)
            same = before.keys() & after.keys()
            shared += len(same)
            assert {text: after[text] for text in same} == {text: before[text] for text in same}
        assert shared > 150


# Interruption


class Stopped(BaseException):
    """As Ctrl-C: no error that anything could catch."""


STEPS = [
    *((recording, name) for name in ("freeze", "keep_file", "make_live", "append_entry")),
    *((recording, name) for name in ("drafted", "recorded_publication")),
    *((importing, name) for name in ("create_policy", "record_version", "set_draft")),
]


@pytest.mark.parametrize("is_done", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("module", "step"), STEPS, ids=[step for _module, step in STEPS])
def test_an_interrupted_run_ends_as_one_that_was_not(world, monkeypatch, module, step, is_done):
    history, real, calls = history_in(world, CHAIN), getattr(module, step), []

    def stopping(stop_at, *args, **values):
        calls.append(step)
        if len(calls) != stop_at:
            return real(*args, **values)
        if is_done:
            real(*args, **values)
        raise Stopped

    with undone():
        expected = state_of(import_history(history, by=world.ada)[0])
    monkeypatch.setattr(module, step, partial(stopping, 0))
    with undone():
        import_history(history, by=world.ada)
    for stop_at in range(1, len(calls) + 1):
        calls.clear()
        monkeypatch.setattr(module, step, partial(stopping, stop_at))
        with undone():
            with pytest.raises(Stopped):
                import_history(history, by=world.ada)
            policy, _made = import_history(history, by=world.ada)
            assert state_of(policy) == expected


def test_a_finished_import_changes_nothing_when_it_is_run_again(world):
    before = state_of(run(world, CHAIN)), Entry.objects.count()
    policy, made = import_history(history_in(world), by=world.ada)
    assert made == 0
    assert (state_of(policy), Entry.objects.count()) == before


def test_a_draft_that_is_worked_on_is_left_alone_when_it_is_run_again(world):
    policy = run(world, CHAIN)
    factories.write(policy, TEXT, world.ada)
    before = policy.draft().states()
    run(world)
    assert policy.draft().states() == before


def test_two_runs_at_once_do_not_record_a_text_twice(world, monkeypatch):
    history = history_in(world, CHAIN)
    real = recording.proposal_of

    def meanwhile(*args):
        monkeypatch.setattr(recording, "proposal_of", real)
        import_history(history, by=world.ada)
        return real(*args)

    monkeypatch.setattr(recording, "proposal_of", meanwhile)
    with pytest.raises(Refused, match="Is this import run twice"):
        import_history(history, by=world.ada)
    assert Version.objects.count() == 3


# What is refused


@pytest.mark.parametrize(
    "role", [Role.EDITOR, Role.REVIEWER, Role.AUDITOR, Role.RECIPIENTS], ids=str
)
def test_only_who_may_publish_imports_a_history(world, role):
    with pytest.raises(NotAllowed):
        run(world, CHAIN, by=factories.member(world.publisher, role))
    assert not Policy.objects.exists()


def test_another_publishers_team_may_not(world):
    other = factories.member(factories.publisher(world.admin), Role.PUBLISHER)
    with pytest.raises(NotAllowed):
        run(world, CHAIN, by=other)


def test_a_policy_with_a_version_of_its_own_takes_no_history(world):
    publisher = factories.publisher(world.admin)
    policy = factories.policy(world.admin, of=publisher)
    factories.publish(policy, world.admin)
    world.publisher = publisher
    history = history_in(world, CHAIN, slug=policy.slug)
    with pytest.raises(Refused, match="has a version that was published here"):
        import_history(history, by=world.admin)
    assert policy.versions.count() == 1


def test_a_draft_with_clauses_takes_no_history(world):
    policy = factories.policy(world.admin, of=world.publisher, promise=None)
    with pytest.raises(Refused, match="import the history first"):
        import_history(history_in(world, CHAIN, slug=policy.slug), by=world.ada)
    assert not policy.versions.exists()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"005_2024-01-01_e.md": TEXT}, "holds 5 files, and held 4"),
        ({"002_2018-05-25_b.md": TEXT}, "002_2018-05-25_b.md is not the file that stood at"),
        ({"004_2020-04-13_d.md": TEXT}, "004_2020-04-13_d.md is not the file that stood at"),
    ],
    ids=["one more", "one recorded is changed", "one to come is changed"],
)
@pytest.mark.parametrize("is_finished", [True, False], ids=["finished", "interrupted"])
def test_no_later_run_can_bring_another_text(world, monkeypatch, change, says, is_finished):
    history = history_in(world, CHAIN)
    if is_finished:
        import_history(history, by=world.ada)
    else:
        stop_after(monkeypatch, 2)
        with pytest.raises(Stopped):
            import_history(history, by=world.ada)
        monkeypatch.undo()
    before = Version.objects.count(), Entry.objects.count()
    with pytest.raises(Refused, match=says):
        run(world, change)
    assert (Version.objects.count(), Entry.objects.count()) == before


def stop_after(monkeypatch, texts):
    real, calls = importing.record_version, []

    def stopping(**values):
        calls.append(1)
        if len(calls) > texts:
            raise Stopped
        return real(**values)

    monkeypatch.setattr(importing, "record_version", stopping)


def test_a_folder_that_lost_a_file_does_not_go_on(world):
    run(world, CHAIN)
    (world.folder / "004_2020-04-13_d.md").unlink()
    with pytest.raises(Refused, match="holds 3 files, and held 4"):
        run(world)


def test_a_run_that_decides_doubt_otherwise_does_not_go_on(world):
    run(world, CHAIN)
    with pytest.raises(Refused, match="began with --doubtful new"):
        run(world, doubtful=SAME)


def test_the_day_as_given_is_frozen_by_the_database(world):
    policy = run(world, CHAIN)
    recorded = Publication.objects.filter(versions__policy=policy)
    with pytest.raises(DatabaseError, match="cannot be rewritten"), transaction.atomic():
        recorded.update(given_on=date(2010, 1, 1))
    with pytest.raises(DatabaseError, match="cannot be rewritten"), transaction.atomic():
        recorded.update(given_on=None)


# What comes after


def test_the_next_version_is_judged_by_the_last_recorded_one_and_needs_notice(world):
    """No way round the promise: a company that moves in tells people of its next change."""
    factories.recipients(world.publisher, world.admin)
    policy = run(world, CHAIN)
    proposal = factories.propose(policy, world.ada, text=TEXT)
    redline = queries.draft_redline(policy.draft(), clock.now())
    assert len(redline.changed) == 2
    factories.approve(proposal, factories.member(world.publisher, Role.REVIEWER))
    published = publish_version(proposal_id=proposal.pk, by=world.ada)
    assert published.given_on is None
    assert published.notice_required
    assert published.cleared_at is None
    assert queries.predecessor(published.versions.get()).number == 3
    assert queries.in_force(policy, clock.now() + timedelta(seconds=1)).number == 3
    assert Notice.objects.filter(publication=published).exists()


# Reading the folder


def test_a_day_may_stand_in_the_text_instead_of_the_name(world):
    put(
        world.folder,
        {"old.md": TEXT.replace("# Privacy\n", "# Privacy\n\nEffective: May 3, 2019\n")},
    )
    (text,) = read_history(world.folder, today=date(2026, 1, 1))
    assert text.on == date(2019, 5, 3)


def test_files_of_one_day_follow_their_numbers(world):
    files = {"2_2018-05-14.md": MATERIAL_TEXT, "10_2018-05-14.md": LONGER, "1_2018-05-14.md": TEXT}
    put(world.folder, files)
    names = [text.name for text in read_history(world.folder, today=date(2026, 1, 1))]
    assert names == ["1_2018-05-14.md", "2_2018-05-14.md", "10_2018-05-14.md"]


def test_numbers_may_begin_anew_each_day(world):
    names = ["1_2018-05-14.md", "2_2018-05-14.md", "1_2019-05-14.md"]
    put(world.folder, dict.fromkeys(names, TEXT))
    assert [text.name for text in read_history(world.folder, today=date(2026, 1, 1))] == names


def test_everything_that_is_wrong_is_said_at_once(world):
    said = told(
        world,
        {
            "empty_2018-01-01.md": "",
            "notes_2018-01-01.xyz": "x",
            "undated.md": TEXT,
            "2018-13-45.md": TEXT,
            "2027-01-01.md": TEXT,
            "a_2019-01-01.md": TEXT,
            "b_2019-01-01.md": TEXT,
        },
    )
    assert len(said) == 6
    for words in (
        "empty_2018-01-01.md: the file holds no text",
        "notes_2018-01-01.xyz: this kind of file cannot be imported",
        "undated.md: no date was found",
        "2018-13-45.md: no date was found",
        "2027-01-01.md: 1 January 2027 has not come yet",
        "b_2019-01-01.md: it is of 1 January 2019, as a_2019-01-01.md is",
    ):
        assert [line for line in said if line.startswith(words)], words


def test_dates_that_run_backwards_are_found(world):
    (said,) = told(world, {"1_2019-01-01.md": TEXT, "2_2018-01-01.md": TEXT})
    assert said.startswith("2_2018-01-01.md: by its number it comes after 1_2019-01-01.md")


def test_a_folder_in_the_folder_is_said(world):
    (world.folder / "2018").mkdir()
    (said,) = told(world, {"2019-01-01.md": TEXT})
    assert said.startswith("2018: cannot be read (Is a directory)")


def test_an_empty_or_missing_folder_is_said(world):
    for folder in (world.folder, world.folder / "none"):
        with pytest.raises(InvalidInput):
            read_history(folder, today=date(2026, 1, 1))
