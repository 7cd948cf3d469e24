"""Importing by command, and looking at a file without importing it."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from documents.models import ImportedFile
from tests import factories
from tests.factories import MATERIAL_TEXT, TEXT

pytestmark = pytest.mark.django_db

DAMAGED = """Privacy Policy

1. What we keep

We keep your name.

3. Changes

As said in section 9, we tell you.
"""


@pytest.fixture
def policy():
    admin = factories.admin()
    policy = factories.policy(admin)
    return policy, [
        "--publisher",
        policy.publisher.slug,
        "--policy",
        policy.slug,
        "--by",
        str(admin),
    ]


def run(*arguments):
    out = StringIO()
    call_command("import_policy", *arguments, stdout=out)
    return out.getvalue()


def put(folder, text, name="privacy.txt"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_dry_run_needs_no_publisher_and_changes_nothing(tmp_path):
    said = run(put(tmp_path, DAMAGED), "--dry-run")
    assert "1 What we keep [lines 3–5]" in said
    assert "A number is left out before this clause: 2" in said
    assert "A reference to a clause that is not there: section 9" in said
    assert not ImportedFile.objects.exists()


def test_json_has_all_that_was_found(tmp_path):
    found = json.loads(run(put(tmp_path, DAMAGED), "--dry-run", "--json"))
    assert found["title"] == "Privacy Policy"
    assert found["metadata"] == {"language": "en"}
    assert found["clauses"][0] == {
        "level": 1,
        "number": "1",
        "heading": "What we keep",
        "text": "We keep your name.",
        "lines": [3, 5],
        "match": None,
    }
    assert {"code": "dangling_reference", "lines": [9, 9], "words": "section 9"} in found["lints"]
    assert (found["residue"], found["copies"], found["skipped_lints"]) == ([], [], [])
    assert found["lines"] == {"title": 1, "empty": 5, "heading": 2, "text": 2}


def test_without_a_policy_only_a_dry_run_is_possible(tmp_path):
    with pytest.raises(CommandError, match="--publisher, --policy, --by, or --dry-run"):
        run(put(tmp_path, TEXT))


def test_a_dry_run_against_a_policy_says_which_clause_is_which(tmp_path, policy):
    of_policy, arguments = policy
    before = of_policy.draft().draft_sha256()
    file = put(tmp_path, MATERIAL_TEXT, "a.md")
    found = json.loads(run(file, *arguments, "--dry-run", "--json"))
    first, second = (clause["match"] for clause in found["clauses"])
    keys = [clause.key for clause in of_policy.draft().states()]
    assert [first["key"], second["key"]] == keys
    assert (first["how"], second["how"], second["confidence"]) == ("likeness", "text", 1)
    assert of_policy.draft().draft_sha256() == before


def test_an_import_says_what_it_did_and_the_second_that_it_did_nothing(tmp_path, policy):
    _policy, arguments = policy
    file = put(tmp_path, MATERIAL_TEXT, "a.md")
    first, second = (json.loads(run(file, *arguments, "--json")) for _ in range(2))
    assert (first["kept"], first["added"], first["removed"], first["changed"]) == (2, 0, 0, True)
    assert (second["kept"], second["changed"]) == (2, False)


def test_a_doubtful_clause_stops_the_import_until_somebody_says_what_it_is(tmp_path, policy):
    _policy, arguments = policy
    old = "## 1. What we keep\n\nWe keep your name for two years."
    new = "## 7. What we keep\n\nCookies are small files that sites leave on devices to read later."
    file = put(tmp_path, TEXT.replace(old, new), "a.md")
    with pytest.raises(CommandError, match=r"7 What we keep.*--doubtful same or new"):
        run(file, *arguments)
    assert json.loads(run(file, *arguments, "--doubtful", "new", "--json"))["kept"] == 1
