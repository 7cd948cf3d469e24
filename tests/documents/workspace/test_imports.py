"""From a file to the draft: take it in, look at it, correct it, decide, accept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.actions.accept_import import choose_matches
from documents.actions.correct_import import join_clause
from documents.actions.upload_file import upload_file
from documents.models import ImportedFile, Policy, Role
from tests import factories
from tests.documents.importing.word.building import docx, p, run
from tests.documents.workspace.saying import said
from tests.factories import MATERIAL_TEXT, TEXT

pytestmark = pytest.mark.django_db

REWRITTEN = TEXT.replace(
    "## 1. What we keep\n\nWe keep your name for two years.",
    "## 7. What we keep\n\nCookies are small files that sites leave on your device to read later.",
)
CLIPBOARD = "<h1>Terms</h1><h2>Fees</h2><p>You pay.</p><h2>Costs</h2><p>So do we.</p>"
HOSTILE = '<script>alert(1)</script> " onload="x'


def url(name, policy, *args):
    return reverse(f"documents_workspace:{name}", args=[policy.pk, *args])


def upload(policy, by, text=MATERIAL_TEXT, name="privacy.md"):
    return upload_file(policy=policy, data=text.encode(), name=name, by=by)


def send(client, policy, name, data):
    return client.post(url("import", policy), {"file": SimpleUploadedFile(name, data)})


def review_of(client, imported):
    response = client.get(url("import_review", imported.policy, imported.pk))
    return response.context["review"], response.content.decode()


def accept(client, imported, review):
    address = url("import_accept", imported.policy, imported.pk)
    return client.post(address, {"seen": review.seen})


def openings(imported):
    imported.refresh_from_db()
    return [(each["level"], each["number"], each["heading"]) for each in imported.outline]


def keys(policy):
    return [state.key for state in Policy.objects.get(pk=policy.pk).draft().states()]


@pytest.fixture
def logged_in(client, editor):
    client.force_login(editor)
    return client


def test_a_file_is_read_corrected_decided_on_and_accepted(logged_in, policy, editor):
    first, second = keys(policy)
    text = f"{REWRITTEN}\n## 3. Quite new\n\nAsk us by letter.\n\nOr do not.\n"
    response = send(logged_in, policy, "privacy.md", text.encode())
    imported = policy.imported_files.get(accepted_at__isnull=True)
    assert response.url == url("import_review", policy, imported.pk)
    assert keys(policy) == [first, second]

    review, page = review_of(logged_in, imported)
    assert "3 clauses: 1 as in the draft, 1 new, 1 to decide on" in page
    assert "perhaps the same as 1 What we keep" in page
    address = url("import_split", policy, imported.pk, 2)
    assert logged_in.post(address, {"base": review.base, "block": "1"}).url.endswith("#clause-3")
    assert [number for _, number, _ in openings(imported)] == ["7", "2", "3", ""]

    address = url("import_clause", policy, imported.pk, 3)
    base = logged_in.get(address).context["form"]["base"].value()
    data = {"level": "2", "number": "3.1", "heading": "Or not", "base": base}
    assert logged_in.post(address, data).url.endswith("#clause-3")
    assert openings(imported)[3] == (2, "3.1", "Or not")

    review, page = review_of(logged_in, imported)
    assert "disabled" in page[page.index(url("import_accept", policy, imported.pk)) :]
    refused = accept(logged_in, imported, review)
    assert refused.url == url("import_review", policy, imported.pk)
    assert keys(policy) == [first, second]

    address = url("import_matches", policy, imported.pk)
    logged_in.post(address, {"base": review.base, "match-0": first})
    review, page = review_of(logged_in, imported)
    assert "2 keep their identity and history, 2 are new, 0 are gone" in page
    response = accept(logged_in, imported, review)
    assert response.url == url("outline", policy)
    assert said(response).endswith("Imported. Clauses: 2 recognised, 2 new, 0 gone.")
    assert keys(policy)[:2] == [first, second]
    assert len(keys(policy)) == 4


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.md", b"", "The submitted file is empty."),
        ("blank.md", b" \n \n", "the file holds no text"),
        ("policy.txt", b"one\n\x00\xff", "line 2 holds bytes that are no text"),
        ("title.md", b"# Only a title\n", "no clause was found"),
        ("policy.pdf", b"%PDF-1.7", "cannot be imported"),
        ("large.txt", b"x" * (5 * 1024 * 1024 + 1), "more than the limit"),
    ],
)
def test_a_file_that_cannot_be_read_is_not_kept_and_says_why(logged_in, policy, name, data, says):
    files = ImportedFile.objects.count()
    response = send(logged_in, policy, name, data)
    assert response.status_code == 200
    assert says in response.context["form"].errors["file"][0]
    assert said(response).startswith("Nothing was changed.")
    assert ImportedFile.objects.count() == files


@pytest.mark.parametrize(("values", "words"), [({}, "now"), ({"accept_changes": "on"}, "later")])
def test_tracked_changes_are_read_as_a_person_wants_them(logged_in, policy, values, words):
    deleted = "<w:del><w:r><w:delText>now</w:delText></w:r></w:del>"
    data = docx(p(run("Pay ") + deleted + f"<w:ins>{run('later')}</w:ins>" + run(".")))
    file = SimpleUploadedFile("terms.docx", data)
    logged_in.post(url("import", policy), {"file": file} | values)
    imported = policy.imported_files.get(accepted_at__isnull=True)
    assert imported.outline[0]["body"] == f"<p>Pay {words}.</p>"
    _review, page = review_of(logged_in, imported)
    assert "The file holds tracked changes" in page
    assert f"Pay {words}." in page
    assert ("Tracked changes are accepted." in page) == bool(values)


def test_pasted_text_is_read_like_a_file(logged_in, policy):
    response = logged_in.post(url("import", policy), {"text": "1. Fees\n\nYou pay us monthly.\n"})
    assert response.status_code == 302
    imported = policy.imported_files.get(accepted_at__isnull=True)
    assert imported.name == "Pasted text.txt"
    assert openings(imported) == [(1, "1", "Fees")]


def test_what_the_clipboard_had_is_read_with_its_headings(logged_in, policy):
    data = {"text": "Fees You pay.", "pasted_html": CLIPBOARD}
    assert logged_in.post(url("import", policy), data).status_code == 302
    imported = policy.imported_files.get(accepted_at__isnull=True)
    assert imported.name == "Pasted text.html"
    assert openings(imported) == [(1, "", "Fees"), (1, "", "Costs")]


def test_pasted_text_that_cannot_be_read_says_so_beside_it(logged_in, policy):
    response = logged_in.post(url("import", policy), {"text": "one\n\x01two"})
    assert "no text" in response.context["form"].errors["text"][0]
    assert not policy.imported_files.filter(accepted_at__isnull=True).exists()


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({}, "Choose a file, or paste the text."),
        ({"text": "  \n"}, "Choose a file, or paste the text."),
        ({"text": "x", "file": SimpleUploadedFile("a.md", b"x")}, "not both"),
    ],
)
def test_there_is_one_thing_to_read(logged_in, policy, values, says):
    response = logged_in.post(url("import", policy), values)
    assert says in response.context["form"].non_field_errors()[0]


def test_files_that_wait_and_those_accepted_are_listed(logged_in, policy, editor):
    imported = upload(policy, editor, name="waits.md")
    page = logged_in.get(url("import", policy)).content.decode()
    assert url("import_review", policy, imported.pk) in page
    assert imported.sha256[:12] in page
    assert page.index("waits.md") < page.index("Accepted earlier") < page.index("text.md")


def test_the_bytes_come_back_as_they_came_and_are_never_shown(logged_in, policy, editor):
    imported = upload(policy, editor, name="a.html.md")
    response = logged_in.get(url("import_file", policy, imported.pk))
    assert b"".join(response.streaming_content) == MATERIAL_TEXT.encode()
    assert response["Content-Disposition"] == 'attachment; filename="a.html.md"'
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_bytes_that_were_destroyed_are_not_offered(logged_in, policy):
    policy.imported_files.update(packed=b"")
    imported = policy.imported_files.first()
    assert logged_in.get(url("import_file", policy, imported.pk)).status_code == 404
    page = logged_in.get(url("import", policy)).content.decode()
    assert "Destroyed by order" in page
    assert url("import_file", policy, imported.pk) not in page


def test_a_clause_is_joined_to_the_one_before(logged_in, policy, editor):
    imported = upload(policy, editor)
    base = {"base": imported.outline_sha256}
    response = logged_in.post(url("import_join", policy, imported.pk, 1), base)
    assert response.url.endswith("#clause-0")
    assert openings(imported) == [(1, "1", "What we keep")]


def test_text_that_was_left_out_is_taken_in(logged_in, policy, editor):
    text = TEXT + "\n<!-- Ask Ada about this. -->\n"
    imported = upload(policy, editor, text)
    review, page = review_of(logged_in, imported)
    ((at, _residue),) = review.left_out
    assert "Ask Ada about this." in page
    address = url("import_take_in", policy, imported.pk, at)
    assert logged_in.post(address, {"base": review.base}).url.endswith("#clause-2")
    imported.refresh_from_db()
    assert "Ask Ada about this." in imported.outline[2]["body"]
    review, _page = review_of(logged_in, imported)
    assert review.left_out == []
    join = url("import_join", policy, imported.pk, 2)
    logged_in.post(join, {"base": imported.outline_sha256})
    imported.refresh_from_db()
    assert review_of(logged_in, imported)[0].left_out == []


def test_text_that_is_not_there_cannot_be_taken_in(logged_in, policy, editor):
    imported = upload(policy, editor)
    address = url("import_take_in", policy, imported.pk, 7)
    response = logged_in.post(address, {"base": imported.outline_sha256})
    assert response.status_code == 404


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        ({"level": "0"}, "level", "greater than or equal to 1"),
        ({"level": "10"}, "level", "less than or equal to 9"),
        ({"level": "x"}, "level", "whole number"),
        ({"number": "1" * 41}, "number", "at most 40"),
        ({"heading": "x" * 1001}, "heading", "at most 1000"),
        ({"heading": "a\u2028b"}, "heading", "Line breaks"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_beside_its_field(
    logged_in, policy, editor, values, field, says
):
    imported = upload(policy, editor)
    before = openings(imported)
    data = {"level": "1", "number": "1", "heading": "A", "base": imported.outline_sha256}
    response = logged_in.post(url("import_clause", policy, imported.pk, 0), data | values)
    assert says in response.context["form"].errors[field][0]
    assert openings(imported) == before


def test_a_clause_does_not_lose_all_its_words(logged_in, policy, editor):
    imported = upload(policy, editor, "# A\n\n## Empty\n\n## Full\n\nText.\n")
    data = {"level": "1", "number": "", "heading": "", "base": imported.outline_sha256}
    response = logged_in.post(url("import_clause", policy, imported.pk, 0), data)
    assert "needs a heading or a text" in response.context["form"].errors["heading"][0]


@pytest.mark.parametrize(
    ("name", "args", "values"),
    [
        ("import_split", [0], {"block": "9"}),
        ("import_split", [0], {"block": "-1"}),
        ("import_split", [0], {"block": "²"}),
        ("import_split", [0], {}),
        ("import_split", [77], {"block": "0"}),
        ("import_join", [0], {}),
        ("import_join", [77], {}),
        ("import_matches", [], {"match-0": "no key"}),
        ("import_matches", [], {"match-77": "new"}),
        ("import_matches", [], {"match-x": "new"}),
        ("import_matches", [], {}),
    ],
)
def test_what_makes_no_sense_changes_nothing_and_says_why(
    logged_in, policy, editor, name, args, values
):
    imported = upload(policy, editor)
    before = imported.outline_sha256
    response = logged_in.post(url(name, policy, imported.pk, *args), values | {"base": before})
    assert response.url == url("import_review", policy, imported.pk)
    assert said(response)
    imported.refresh_from_db()
    assert (imported.outline_sha256, imported.choices) == (before, {})


@pytest.mark.parametrize(
    ("name", "args", "values"),
    [
        ("import_clause", [0], {"level": "1", "heading": "Other"}),
        ("import_split", [0], {"block": "0"}),
        ("import_join", [1], {}),
        ("import_matches", [], {"match-0": "new"}),
        ("import_take_in", [0], {}),
    ],
)
def test_nobody_overwrites_what_a_colleague_corrected_meanwhile(
    logged_in, admin, policy, editor, name, args, values
):
    imported = upload(policy, editor, TEXT + "\n## 3. More\n\nText.\n\n<!-- A remark. -->\n")
    base = imported.outline_sha256
    join_clause(imported_id=imported.pk, base=base, at=2, by=admin)
    imported.refresh_from_db()
    before = imported.outline_sha256
    response = logged_in.post(url(name, policy, imported.pk, *args), values | {"base": base})
    assert response.url == url("import_review", policy, imported.pk)
    assert "Somebody corrected this import after you opened it." in said(response)
    imported.refresh_from_db()
    assert (imported.outline_sha256, imported.choices) == (before, {})


def test_only_what_was_seen_is_accepted(logged_in, admin, policy, editor):
    """In two tabs, or by two people: neither the import nor the draft is another by then."""
    imported = upload(policy, editor)
    review, _page = review_of(logged_in, imported)
    base = imported.outline_sha256
    choose_matches(imported_id=imported.pk, base=base, choices={0: ""}, by=admin)
    assert "changed after you looked" in said(accept(logged_in, imported, review))

    review, _page = review_of(logged_in, imported)
    factories.write(policy, TEXT.replace("two years", "three years"), admin)
    before = Policy.objects.get(pk=policy.pk).draft().draft_sha256()
    assert "changed after you looked" in said(accept(logged_in, imported, review))
    assert Policy.objects.get(pk=policy.pk).draft().draft_sha256() == before
    review, _page = review_of(logged_in, imported)
    assert accept(logged_in, imported, review).url == url("outline", policy)


def test_a_choice_falls_with_the_clause_of_the_draft_that_it_named(
    logged_in, admin, policy, editor
):
    imported = upload(policy, editor, REWRITTEN)
    base, first = imported.outline_sha256, keys(policy)[0]
    choose_matches(imported_id=imported.pk, base=base, choices={0: first}, by=admin)
    factories.write(policy, "# Other\n\n## 9. Nothing alike\n\nZebras graze.\n", admin)
    review, _page = review_of(logged_in, imported)
    assert review.identities[0].key is None
    assert accept(logged_in, imported, review).url == url("outline", policy)


def test_a_new_clause_can_be_said_to_be_one_of_the_draft(logged_in, policy, editor):
    first, second = keys(policy)
    text = "# P\n\n## A. Wholly other words\n\nZebras graze.\n\n## 2. Changes\n\n"
    imported = upload(policy, editor, text + "We tell you of material changes by e-mail.\n")
    review, page = review_of(logged_in, imported)
    assert [row.at for row in review.rows_to_choose] == [0]
    assert f'<option value="{first}">' in page
    address = url("import_matches", policy, imported.pk)
    logged_in.post(address, {"base": review.base, "match-0": first})
    accept(logged_in, imported, review_of(logged_in, imported)[0])
    assert keys(policy) == [first, second]


def test_one_clause_of_the_draft_is_not_chosen_for_two(logged_in, policy, editor):
    imported = upload(policy, editor)
    first = keys(policy)[0]
    data = {"base": imported.outline_sha256, "match-0": first, "match-1": first}
    response = logged_in.post(url("import_matches", policy, imported.pk), data)
    assert "cannot both be the same clause" in said(response)


def test_starting_again_and_discarding_ask_first(logged_in, policy, editor):
    imported = upload(policy, editor)
    before = openings(imported)
    join_clause(imported_id=imported.pk, base=imported.outline_sha256, at=1, by=editor)
    again = url("import_again", policy, imported.pk)
    assert "are lost" in logged_in.get(again).content.decode()
    assert openings(imported) != before
    assert logged_in.post(again).url == url("import_review", policy, imported.pk)
    assert openings(imported) == before
    discard = url("import_discard", policy, imported.pk)
    assert "The draft stays as it is" in logged_in.get(discard).content.decode()
    assert logged_in.post(discard).url == url("import", policy)
    assert not ImportedFile.objects.filter(pk=imported.pk).exists()


def test_an_import_that_was_accepted_cannot_be_changed_or_discarded(logged_in, policy, editor):
    imported = upload(policy, editor)
    accept(logged_in, imported, review_of(logged_in, imported)[0])
    for name in ("review", "again", "discard"):
        response = logged_in.get(url(f"import_{name}", policy, imported.pk))
        assert response.url == url("import", policy), name
        assert "accepted into the draft already" in said(response)
    for name in ("accept", "discard", "matches"):
        assert logged_in.post(url(f"import_{name}", policy, imported.pk)).status_code == 302, name
    assert ImportedFile.objects.filter(pk=imported.pk).exists()


NAMES = {
    "review": [],
    "file": [],
    "matches": [],
    "take_in": [0],
    "accept": [],
    "again": [],
    "discard": [],
    "clause": [0],
    "join": [1],
    "split": [0],
}


def test_the_import_of_another_policy_or_publisher_does_not_exist(client, admin, policy):
    other = factories.policy(admin)
    imported = upload(other, admin)
    client.force_login(factories.member(policy.publisher, Role.PUBLISHER))
    for name, args in NAMES.items():
        for of in (policy, other):
            address = url(f"import_{name}", of, imported.pk, *args)
            assert client.post(address).status_code in {404, 405}, name
            assert client.get(address).status_code in {404, 405}, name
    client.force_login(admin)
    for name, args in NAMES.items():
        address = url(f"import_{name}", policy, imported.pk, *args)
        assert client.post(address).status_code in {404, 405}, name
    assert ImportedFile.objects.filter(pk=imported.pk, accepted_at=None).exists()


def test_who_may_not_edit_sees_no_file(client, policy, editor):
    imported = upload(policy, editor)
    client.force_login(factories.member(policy.publisher, Role.AUDITOR))
    for name, args in NAMES.items():
        address = url(f"import_{name}", policy, imported.pk, *args)
        assert client.get(address).status_code in {302, 405}, name
        assert client.post(address).url == "/admin/", name
    assert ImportedFile.objects.filter(pk=imported.pk, accepted_at=None).exists()


def test_hostile_text_is_shown_as_text(logged_in, policy, editor):
    text = f"---\nauthor: {HOSTILE}\n---\n# {HOSTILE}\n\n## 1. {HOSTILE}\n\n`{HOSTILE}`\n"
    imported = upload(policy, editor, text, name=f"{HOSTILE}.md")
    for name, args in (("review", []), ("clause", [0]), ("again", []), ("discard", [])):
        page = logged_in.get(url(f"import_{name}", policy, imported.pk, *args)).content.decode()
        assert "<script>alert" not in page, name
        assert "&lt;script&gt;alert" in page, name
        assert '" onload="x' not in page, name
    page = logged_in.get(url("import", policy)).content.decode()
    assert "<script>alert" not in page


def test_a_character_that_nobody_sees_is_spelled_out(logged_in, policy, editor):
    imported = upload(policy, editor, TEXT.replace("your name", "your na\u200bme\u202e"))
    _review, page = review_of(logged_in, imported)
    assert "na<span" in page
    assert "[U+200B]" in page
    assert "[U+202E]" in page
    page = logged_in.get(url("import_clause", policy, imported.pk, 0)).content.decode()
    assert "[U+200B]" in page


def test_a_name_with_a_line_break_makes_no_header(logged_in, policy, editor):
    imported = upload(policy, editor, name="a\r\nSet-Cookie: b.md")
    response = logged_in.get(url("import_file", policy, imported.pk))
    assert response["Content-Disposition"] == 'attachment; filename="aSet-Cookie: b.md"'


COPIED = """Privacy

1. What we keep

We keep your name for two years.

2. Changes

We tell you of material changes by e-mail. See section 9.

"""


def test_every_line_of_the_file_is_shown_once_however_it_is_corrected(logged_in, policy, editor):
    imported = upload(policy, editor, COPIED * 2, name="copied.txt")
    for correct in ("import_join", "import_split"):
        review, page = review_of(logged_in, imported)
        shown = [number for row in review.rows for part in row.parts for number, _ in part.lines]
        assert shown == [at for at, line in enumerate(COPIED.splitlines(), 1) if line]
        assert "The same text stands in the file once more in lines 11–19" in page
        assert "The title" in page
        imported.refresh_from_db()
        data = {"base": imported.outline_sha256, "block": "1"}
        at = 1 if correct == "import_join" else 0
        logged_in.post(url(correct, policy, imported.pk, at), data)
        imported.refresh_from_db()
        assert imported.outline_sha256 != data["base"]


def test_what_was_found_leads_to_its_place(logged_in, policy, editor):
    imported = upload(policy, editor, COPIED, name="copied.txt")
    review, page = review_of(logged_in, imported)
    assert "A reference to a clause that is not there: section 9" in page
    assert ("dangling_reference", "clause-1") in [
        (finding.code, anchor) for finding, anchor in review.located_findings
    ]
    for _finding, anchor in review.located_findings:
        assert page.count(f'id="{anchor}"') == 1


def test_a_correction_takes_its_finding_with_it(logged_in, policy, editor):
    imported = upload(policy, editor, COPIED.replace("2. Changes", "3. Changes"), "gap.txt")
    review, _page = review_of(logged_in, imported)
    assert "number_gap" in {finding.code for finding in review.findings}
    data = {"level": "1", "number": "2", "heading": "Changes", "base": review.base}
    logged_in.post(url("import_clause", policy, imported.pk, 1), data)
    imported.refresh_from_db()
    review, _page = review_of(logged_in, imported)
    assert "number_gap" not in {finding.code for finding in review.findings}


def test_a_draft_that_is_locked_is_not_replaced(logged_in, admin, policy, editor):
    imported = upload(policy, editor)
    review, _page = review_of(logged_in, imported)
    Policy.objects.filter(pk=policy.pk).update(locked=True, locked_by=admin)
    response = accept(logged_in, imported, review)
    assert response.url == url("import_review", policy, imported.pk)
    assert "locked for editing" in said(response)


def many(count, changed=()):
    """A text of so many clauses."""
    words = {at: " and more" if at in changed else "" for at in range(count)}
    clauses = (
        f"## {at + 1}. Rule {at}\n\nThis is rule {at * 7919} of all{words[at]}.\n"
        for at in range(count)
    )
    return "# Rules\n\n" + "\n".join(clauses)


def test_a_long_text_takes_no_more_queries_than_a_short_one(logged_in, policy, editor):
    counted = []
    for count in (3, 300):
        factories.write(policy, many(count), editor)
        imported = upload(policy, editor, many(count, changed={1, 2}))
        with CaptureQueriesContext(connection) as queries:
            review, _page = review_of(logged_in, imported)
        counted.append(len(queries))
        assert review.counts["total"] == count
        imported.delete()
    assert counted[1] <= counted[0]
    assert counted[1] < 40
