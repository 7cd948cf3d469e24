"""Working on the draft, clause by clause."""

import pytest

from documents.actions.edit_clause import ClauseContent, clause_sha256, edit_clause
from documents.actions.insert_clause import insert_clause
from documents.actions.move_clause import move_clause
from documents.actions.remove_clause import remove_clause
from documents.errors import DraftLocked, FileUnreadable, InvalidInput, NotAllowed, StaleClause
from documents.models import Role
from tests import factories
from tests.factories import MATERIAL_TEXT

pytestmark = pytest.mark.django_db
CONTENT = ClauseContent(level=1, number="9", heading="New", body="<p>Words.</p>")


@pytest.fixture
def admin():
    return factories.admin()


@pytest.fixture
def policy(admin):
    return factories.policy(admin)


def headings(policy):
    return [clause.heading for clause in policy.draft().ordered_clauses()]


def keys(policy):
    return [clause.key for clause in policy.draft().ordered_clauses()]


def test_a_clause_is_edited_in_the_draft_and_keeps_its_key(policy, admin):
    before = keys(policy)
    clause = policy.draft().ordered_clauses()[0]
    edit_clause(
        policy=policy, key=clause.key, content=CONTENT, base_sha256=clause_sha256(clause), by=admin
    )
    assert keys(policy) == before
    assert policy.draft().ordered_clauses()[0].body == "<p>Words.</p>"


def test_an_edit_of_a_clause_that_changed_meanwhile_is_refused(policy, admin):
    clause = policy.draft().ordered_clauses()[0]
    seen = clause_sha256(clause)
    edit_clause(policy=policy, key=clause.key, content=CONTENT, base_sha256=seen, by=admin)
    with pytest.raises(StaleClause):
        edit_clause(policy=policy, key=clause.key, content=CONTENT, base_sha256=seen, by=admin)


def test_two_people_edit_different_clauses(policy, admin):
    first, second = policy.draft().ordered_clauses()
    for clause in (first, second):
        edit_clause(
            policy=policy,
            key=clause.key,
            content=CONTENT,
            base_sha256=clause_sha256(clause),
            by=admin,
        )
    assert headings(policy) == ["New", "New"]


def test_a_clause_is_inserted_moved_and_removed(policy, admin):
    first, second = headings(policy)
    new = insert_clause(policy=policy, content=CONTENT, after=keys(policy)[0], by=admin)
    assert headings(policy) == [first, "New", second]
    move_clause(policy=policy, key=new.key, by=admin, down=True)
    assert headings(policy) == [first, second, "New"]
    move_clause(policy=policy, key=new.key, by=admin, down=True)
    assert headings(policy) == [first, second, "New"]
    remove_clause(policy=policy, key=new.key, by=admin)
    assert headings(policy) == [first, second]


def test_dangerous_markup_does_not_reach_the_draft(policy, admin):
    content = ClauseContent(1, "", "X", '<p onclick="x()">a<script>alert(1)</script></p>')
    clause = insert_clause(policy=policy, content=content, after=None, by=admin)
    assert clause.body == "<p>a</p>"


def test_a_line_break_in_a_heading_is_refused(policy, admin):
    content = ClauseContent(1, "", "X\r\nBcc: a@b", "")
    with pytest.raises(InvalidInput, match="heading"):
        insert_clause(policy=policy, content=content, after=None, by=admin)


def test_who_is_not_on_the_team_may_not_edit(policy, admin):
    stranger = factories.member(factories.publisher(admin), Role.EDITOR)
    with pytest.raises(NotAllowed):
        insert_clause(policy=policy, content=CONTENT, after=None, by=stranger)


def test_a_draft_locked_by_another_is_left_alone(policy, admin):
    editor = factories.member(policy.publisher, Role.EDITOR)
    policy.locked, policy.locked_by = True, admin
    policy.save(update_fields=["locked", "locked_by"])
    with pytest.raises(DraftLocked):
        insert_clause(policy=policy, content=CONTENT, after=None, by=editor)


def test_importing_again_keeps_the_keys_of_clauses_that_are_still_there(policy, admin):
    before = keys(policy)
    done = factories.write(policy, MATERIAL_TEXT, admin)
    assert keys(policy) == before
    assert (done.kept, done.added, done.removed) == (2, 0, 0)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("policy.txt", b"", "holds no text"),
        ("policy.pdf", b"%PDF-1.7", "cannot be imported"),
        ("policy.txt", b"\x00\xff\xfe\x00", "no text"),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing(policy, admin, name, data, says):
    from documents.actions.import_policy import import_policy

    before = policy.draft().draft_sha256()
    with pytest.raises(FileUnreadable, match=says):
        import_policy(policy=policy, data=data, name=name, by=admin)
    assert policy.draft().draft_sha256() == before


def test_a_draft_survives_wagtails_own_save(policy, admin):
    before = keys(policy)
    draft = policy.draft()
    draft.title = "Another title"
    draft.save_revision(user=admin)
    assert keys(policy) == before
