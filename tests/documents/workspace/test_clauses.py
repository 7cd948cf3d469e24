"""The outline and the one-clause form."""

import json

import pytest
from django.urls import reverse

from documents import markup
from documents.actions.edit_clause import ClauseContent, clause_sha256, edit_clause
from documents.actions.insert_clause import insert_clause
from documents.models import Role
from documents.workspace.forms import survives_rich_text
from tests import factories
from tests.documents.workspace.saying import said
from tests.factories import MATERIAL_TEXT

pytestmark = pytest.mark.django_db
TABLE = "<table><tr><td>one</td><td>two</td></tr></table>"


def url(name, policy, *args):
    return reverse(f"documents_workspace:{name}", args=[policy.pk, *args])


def clauses(policy):
    return policy.draft().ordered_clauses()


def headings(policy):
    return [clause.heading for clause in clauses(policy)]


def rich(*paragraphs):
    """What the rich-text editor sends."""
    blocks = [
        {
            "key": f"k{number}",
            "text": text,
            "type": "unstyled",
            "depth": 0,
            "inlineStyleRanges": [{"offset": 0, "length": 4, "style": "BOLD"}],
            "entityRanges": [],
            "data": {},
        }
        for number, text in enumerate(paragraphs)
    ]
    return json.dumps({"blocks": blocks, "entityMap": {}})


def filled(clause=None, **values):
    """A filled-in form, as for this clause unless said otherwise."""
    data = {"number": "7", "heading": "Seven", "level": "1", "body": rich(), "written_in": "rich"}
    if clause:
        data |= {"number": clause.number, "heading": clause.heading, "level": clause.level}
        data["base"] = clause_sha256(clause)
    return data | values


@pytest.fixture
def logged_in(client, editor):
    client.force_login(editor)
    return editor


def test_the_outline_shows_what_differs_from_the_text_in_force(client, logged_in, admin, policy):
    page = client.get(url("outline", policy)).content.decode()
    assert "As the text in force" in page
    assert "text changed" not in page
    factories.write(policy, MATERIAL_TEXT, admin)
    page = client.get(url("outline", policy)).content.decode()
    assert page.count("text changed") == 1
    assert "1 clause changed" in page


def test_a_changed_title_is_told_though_no_clause_differs(client, logged_in, policy):
    draft = policy.draft()
    draft.title = "Privacy, once more"
    draft.save_revision(user=logged_in)
    page = client.get(url("outline", policy)).content.decode()
    assert "No clause differs, but the title" in page
    assert "As the text in force" not in page


def test_who_may_only_look_is_offered_nothing_to_change(client, policy):
    client.force_login(factories.member(policy.publisher, Role.AUDITOR))
    page = client.get(url("outline", policy)).content.decode()
    assert "1 What we keep" in page
    assert "/remove/" not in page
    assert "Publish version" not in page


def test_an_empty_draft_says_how_to_begin(client, logged_in, admin, policy):
    from documents.actions.create_policy import create_policy

    empty = create_policy(publisher=policy.publisher, slug="new", title="New", by=admin)
    page = client.get(url("outline", empty)).content.decode()
    assert "Import a file, or write the first clause" in page
    assert url("insert", empty) in page


def test_what_is_written_in_the_editor_reaches_the_draft(client, logged_in, policy):
    clause = clauses(policy)[0]
    data = filled(clause, heading="What is kept", body=rich("Data is kept."))
    response = client.post(url("clause", policy, clause.key), data)
    assert response.url == f"{url('outline', policy)}#c-{clause.key}"
    assert said(response) == "“1 What is kept” is saved to the draft."
    saved = clauses(policy)[0]
    assert (saved.key, saved.heading) == (clause.key, "What is kept")
    assert saved.body == "<p><strong>Data</strong> is kept.</p>"


def test_a_heading_is_shown_as_text_never_as_markup(client, logged_in, policy):
    clause = clauses(policy)[0]
    data = filled(clause, heading="<script>alert(1)</script>", body=rich("x"))
    page = client.post(url("clause", policy, clause.key), data, follow=True).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_second_of_two_people_keeps_their_text_and_sees_the_other(
    client, logged_in, admin, policy
):
    clause = clauses(policy)[0]
    data = filled(clause, heading="Mine", body=rich("My own words."))
    theirs = ClauseContent(1, "1", "Theirs", "<p>Their words.</p>")
    base = clause_sha256(clause)
    edit_clause(policy=policy, key=clause.key, content=theirs, base_sha256=base, by=admin)
    response = client.post(url("clause", policy, clause.key), data)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Somebody else changed this clause" in page
    assert "Their words." in page
    assert "My own words." in page
    assert 'value="Mine"' in page
    assert headings(policy)[0] == "Theirs"

    again = data | {"base": response.context["form"]["base"].value()}
    assert client.post(url("clause", policy, clause.key), again).status_code == 302
    assert headings(policy)[0] == "Mine"


def test_rich_text_stays_rich_text_though_a_table_came_in_meanwhile(
    client, logged_in, admin, policy
):
    clause = clauses(policy)[0]
    data = filled(clause, body=rich("My own words."))
    theirs, base = ClauseContent(1, "1", "Theirs", TABLE), clause_sha256(clause)
    edit_clause(policy=policy, key=clause.key, content=theirs, base_sha256=base, by=admin)
    response = client.post(url("clause", policy, clause.key), data)
    again = data | {"base": response.context["form"]["base"].value()}
    client.post(url("clause", policy, clause.key), again)
    assert clauses(policy)[0].body == "<p><strong>My o</strong>wn words.</p>"


@pytest.mark.parametrize(
    "body",
    [
        TABLE,
        "<p>Text<small>a footnote</small></p>",
        '<ol start="3"><li>three</li></ol>',
        "<ul><li>item<p>its second paragraph</p></li></ul>",
        "<ul><li>one list</li></ul><ul><li>another</li></ul>",
    ],
)
def test_what_the_editor_would_drop_is_edited_as_html(client, logged_in, policy, body):
    assert not survives_rich_text(body)
    content = ClauseContent(1, "9", "Nine", body)
    clause = insert_clause(policy=policy, content=content, after=None, by=logged_in)
    page = client.get(url("clause", policy, clause.key))
    assert "edited as HTML" in page.content.decode()
    data = filled(clause, **page.context["form"].initial, written_in="html")
    assert client.post(url("clause", policy, clause.key), data).status_code == 302
    assert clauses(policy)[0].body == body


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p>One.</p><p>Two<br/>lines.</p>",
        "<p>a <em><strong>b</strong></em> c</p>",
        '<p>see <a href="https://example.org/x">there</a></p>',
        "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul><p>d</p>",
        "<p>a &lt;b&gt; &amp; c\u00a0d</p>",
    ],
)
def test_what_the_editor_can_hold_comes_back_as_it_was(body):
    assert markup.canonical(body) == body
    assert survives_rich_text(body)


def test_a_clause_goes_in_after_the_one_that_was_chosen(client, logged_in, policy):
    first, second = clauses(policy)
    form = client.get(url("insert_after", policy, first.key))
    assert "It will stand after “1 What we keep”." in form.content.decode()
    client.post(url("insert_after", policy, first.key), filled())
    assert headings(policy) == [first.heading, "Seven", second.heading]
    client.post(url("insert", policy), filled(heading="Top"))
    assert headings(policy)[0] == "Top"


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"heading": "", "body": rich("")}, "Write a heading or a text."),
        ({"heading": "two\nlines\x00"}, "Null characters"),
        ({"heading": "a\u2028b"}, "Line breaks and control characters"),
        ({"level": "0"}, "greater than or equal to 1"),
        ({"level": "12"}, "less than or equal to 9"),
        ({"number": "x" * 41}, "at most 40 characters"),
    ],
)
def test_a_clause_that_cannot_be_is_refused_with_a_reason(client, logged_in, policy, values, says):
    before = policy.draft().draft_sha256()
    response = client.post(url("insert", policy), filled(**values))
    assert response.status_code == 200
    assert says in response.content.decode()
    assert "Nothing was changed." in said(response)
    assert policy.draft().draft_sha256() == before


def test_clauses_move_up_and_down(client, logged_in, policy):
    first, second = headings(policy)
    key = clauses(policy)[0].key
    response = client.post(url("clause_down", policy, key))
    assert response.url == f"{url('outline', policy)}#c-{key}"
    assert headings(policy) == [second, first]
    client.post(url("clause_up", policy, key))
    assert headings(policy) == [first, second]


def test_only_moves_that_lead_somewhere_are_offered(client, logged_in, policy):
    page = client.get(url("outline", policy)).content.decode()
    assert page.count(" disabled>") == 2


def test_a_clause_is_removed_after_a_question(client, logged_in, policy):
    first, second = headings(policy)
    key = clauses(policy)[0].key
    assert "Remove “1 What we keep”" in client.get(
        url("clause_remove", policy, key)
    ).content.decode().replace("\n", " ")
    assert headings(policy) == [first, second]
    response = client.post(url("clause_remove", policy, key))
    assert said(response) == "“1 What we keep” is removed from the draft."
    assert headings(policy) == [second]
    assert client.get(url("clause_remove", policy, key)).status_code == 404


def test_a_clause_that_is_gone_is_not_found(client, logged_in, policy):
    key = clauses(policy)[0].key
    client.post(url("clause_remove", policy, key))
    assert client.get(url("clause", policy, key)).status_code == 404
    assert client.post(url("clause_up", policy, key)).status_code in {302, 404}


def test_a_locked_draft_is_left_alone(client, logged_in, admin, policy):
    policy.locked, policy.locked_by = True, admin
    policy.save(update_fields=["locked", "locked_by"])
    before, key = policy.draft().draft_sha256(), clauses(policy)[0].key
    assert "is locked for editing" in said(client.post(url("insert", policy), filled()))
    assert "is locked for editing" in said(client.post(url("clause_down", policy, key)))
    assert "is locked for editing" in said(client.post(url("clause_remove", policy, key)))
    assert policy.draft().draft_sha256() == before
