"""A file on its way into the draft: kept, corrected, decided on, accepted."""

import hashlib

import pytest

from documents.actions.accept_import import NEW, accept_import, choose_matches
from documents.actions.correct_import import (
    correct_clause,
    join_clause,
    number_clauses,
    split_clause,
    start_again,
)
from documents.actions.import_policy import import_policy
from documents.actions.upload_file import read_file, upload_file
from documents.errors import InvalidInput, MatchesUndecided, NotAllowed, NotPending, StaleDraft
from documents.models import Role
from tests import factories
from tests.factories import MATERIAL_TEXT, TEXT

pytestmark = pytest.mark.django_db

REWRITTEN = TEXT.replace(
    "## 1. What we keep\n\nWe keep your name for two years.",
    "## 7. What we keep\n\nCookies are small files that sites leave on devices to read later.",
)


@pytest.fixture
def admin():
    return factories.admin()


@pytest.fixture
def policy(admin):
    policy = factories.policy(admin)
    factories.write(policy, TEXT, admin)
    return policy


def upload(policy, by, text=MATERIAL_TEXT):
    return upload_file(policy=policy, data=text.encode(), name="privacy.md", by=by)


def openings(imported):
    imported.refresh_from_db()
    return [(each["level"], each["number"], each["heading"]) for each in imported.outline]


def keys(policy):
    policy.refresh_from_db()
    return [clause.key for clause in policy.draft().states()]


def test_a_file_is_kept_as_it_came_and_the_draft_is_not_touched(policy, admin):
    before = policy.draft().draft_sha256()
    imported = upload(policy, admin)
    imported.refresh_from_db()
    assert imported.data == MATERIAL_TEXT.encode()
    assert imported.sha256 == hashlib.sha256(MATERIAL_TEXT.encode()).hexdigest()
    assert imported.size == len(MATERIAL_TEXT.encode())
    assert policy.draft().draft_sha256() == before


def test_accepting_makes_it_the_draft_and_keeps_the_file(policy, admin):
    before = keys(policy)
    imported = upload(policy, admin)
    done = accept_import(imported_id=imported.pk, by=admin)
    imported.refresh_from_db()
    assert keys(policy) == before
    assert (done.kept, done.added, done.removed, done.has_changed) == (2, 0, 0, True)
    assert imported.accepted_at
    assert imported.data == MATERIAL_TEXT.encode()


def test_accepting_twice_is_refused(policy, admin):
    imported = upload(policy, admin)
    accept_import(imported_id=imported.pk, by=admin)
    with pytest.raises(NotPending, match="accepted"):
        accept_import(imported_id=imported.pk, by=admin)


def test_importing_the_same_file_again_changes_nothing(policy, admin):
    factories.write(policy, MATERIAL_TEXT, admin)
    revisions, before = policy.revisions.count(), policy.draft().draft_sha256()
    done = factories.write(policy, MATERIAL_TEXT, admin)
    assert not done.has_changed
    assert policy.revisions.count() == revisions
    assert policy.draft().draft_sha256() == before


def test_a_doubtful_clause_waits_for_a_person_and_nothing_is_imported(policy, admin):
    before = policy.draft().draft_sha256()
    with pytest.raises(MatchesUndecided, match="7 What we keep"):
        factories.write(policy, REWRITTEN, admin)
    assert policy.draft().draft_sha256() == before
    assert not policy.imported_files.filter(accepted_at__isnull=True).exists()


@pytest.mark.parametrize(("doubtful", "kept"), [("same", 2), ("new", 1)])
def test_a_caller_may_decide_on_all_doubtful_clauses_at_once(policy, admin, doubtful, kept):
    data = REWRITTEN.encode()
    done = import_policy(policy=policy, data=data, name="a.md", by=admin, doubtful=doubtful)
    assert done.kept == kept


def test_what_a_person_decides_counts(policy, admin):
    first, second = keys(policy)
    imported = upload(policy, admin, REWRITTEN)
    decide(imported, {0: NEW}, admin)
    accept_import(imported_id=imported.pk, by=admin)
    assert keys(policy)[1] == second
    assert first not in keys(policy)


def test_a_person_may_say_that_a_sure_clause_is_another_one(policy, admin):
    first, second = keys(policy)
    imported = upload(policy, admin)
    decide(imported, {0: second, 1: first}, admin)
    accept_import(imported_id=imported.pk, by=admin)
    assert keys(policy) == [second, first]


def decide(imported, choices, by):
    return choose_matches(
        imported_id=imported.pk, base=imported.outline_sha256, choices=choices, by=by
    )


def test_one_clause_of_the_draft_is_not_given_to_two(policy, admin):
    imported = upload(policy, admin)
    first, _second = keys(policy)
    with pytest.raises(InvalidInput, match="cannot both be"):
        decide(imported, {0: first, 1: first}, admin)


@pytest.mark.parametrize("choices", [{0: "no key"}, {9: NEW}])
def test_a_choice_about_what_is_not_there_is_refused(policy, admin, choices):
    with pytest.raises(InvalidInput, match="no such clause"):
        decide(upload(policy, admin), choices, admin)


def test_level_number_and_heading_can_be_corrected(policy, admin):
    imported = upload(policy, admin)
    correct_clause(
        imported_id=imported.pk,
        base=imported.outline_sha256,
        at=1,
        level=2,
        number="1.1",
        heading="Telling you",
        by=admin,
    )
    assert openings(imported)[1] == (2, "1.1", "Telling you")


def test_clauses_can_be_numbered_by_their_place(policy, admin):
    text = "# A\n\nWe agree.\n\n## IV. One\n\n### Two\n\n### (x) Three\n\n## Four\n\n### Five\n"
    imported = upload(policy, admin, text)
    number_clauses(imported_id=imported.pk, base=imported.outline_sha256, by=admin)
    assert [number for _level, number, _heading in openings(imported)] == [
        "",
        "1",
        "1.1",
        "1.2",
        "2",
        "2.1",
    ]


def test_a_joined_clause_becomes_the_end_of_the_one_before_and_loses_no_word(policy, admin):
    imported = upload(policy, admin)
    join_clause(imported_id=imported.pk, base=imported.outline_sha256, at=1, by=admin)
    assert len(openings(imported)) == 1
    body = imported.outline[0]["body"]
    assert body.endswith("<p>2 Changes</p><p>We tell you of material changes by e-mail.</p>")


def test_a_clause_is_split_where_a_heading_was_overlooked(policy, admin):
    text = "# A\n\n## 1. One\n\nWe pay.\n\n2. Fees and costs\n\nYou pay.\n".replace(
        "2. F", "2\\. F"
    )
    imported = upload(policy, admin, text)
    split_clause(imported_id=imported.pk, base=imported.outline_sha256, at=0, block=1, by=admin)
    assert openings(imported) == [(1, "1", "One"), (1, "2", "Fees and costs")]
    assert [each["body"] for each in imported.outline] == ["<p>We pay.</p>", "<p>You pay.</p>"]


@pytest.mark.parametrize(("at", "block"), [(0, 9), (0, -1), (5, 0), (-1, 0)])
def test_a_place_that_is_not_there_is_refused(policy, admin, at, block):
    imported = upload(policy, admin)
    base = imported.outline_sha256
    with pytest.raises(InvalidInput, match="no such"):
        split_clause(imported_id=imported.pk, base=base, at=at, block=block, by=admin)


def test_nobody_corrects_what_another_one_has_changed_since(policy, admin):
    imported = upload(policy, admin)
    base = imported.outline_sha256
    join_clause(imported_id=imported.pk, base=base, at=1, by=admin)
    with pytest.raises(StaleDraft):
        join_clause(imported_id=imported.pk, base=base, at=1, by=admin)


def test_starting_again_forgets_corrections_and_choices(policy, admin):
    imported = upload(policy, admin)
    before = openings(imported)
    join_clause(imported_id=imported.pk, base=imported.outline_sha256, at=1, by=admin)
    start_again(imported_id=imported.pk, outline=read_file(imported.data, imported.name), by=admin)
    assert openings(imported) == before


def test_choices_fall_when_the_clauses_they_were_made_for_change(policy, admin):
    imported = upload(policy, admin)
    decide(imported, {1: NEW}, admin)
    imported.refresh_from_db()
    join_clause(imported_id=imported.pk, base=imported.outline_sha256, at=1, by=admin)
    imported.refresh_from_db()
    assert imported.choices == {}


def test_only_those_who_may_edit_bring_a_file_in(policy, admin):
    viewer = factories.member(policy.publisher, Role.AUDITOR)
    with pytest.raises(NotAllowed):
        upload(policy, viewer)
    imported = upload(policy, admin)
    with pytest.raises(NotAllowed):
        accept_import(imported_id=imported.pk, by=viewer)
    with pytest.raises(NotAllowed):
        join_clause(imported_id=imported.pk, base=imported.outline_sha256, at=1, by=viewer)
