"""What differs between two files or versions, as the command line shows it."""

import json
import os
import stat
from html.parser import HTMLParser
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from documents.comparison import ClauseState, Outcome, Redline, compare
from documents.comparison.json_form import as_values
from documents.models import Role
from tests import factories
from tests.factories import MATERIAL_TEXT, TEXT

HOSTILE = """<script>alert(1)</script>

1. A & B <img src=x onerror=alert(2)>

He said </ins></section>&lt;b&gt; "quoted" 'words' ]]> --> {{ settings.SECRET_KEY }} {% now %}

2. Same

It stays.
"""


@pytest.fixture
def old(tmp_path):
    return written(tmp_path / "old.md", TEXT)


@pytest.fixture
def new(tmp_path):
    return written(tmp_path / "new.md", MATERIAL_TEXT + "\n## 3. Law\n\nFrench law applies.\n")


@pytest.fixture
def policy(db):
    """Version 1 in force, version 2 announced."""
    admin = factories.admin()
    policy = factories.policy(admin)
    policy.admin = admin
    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin)
    factories.publish(policy, admin, MATERIAL_TEXT)
    return policy


def written(path, text):
    path.write_text(text)
    return path


def redline(*arguments):
    """What the command prints."""
    out = StringIO()
    call_command("redline", *map(str, arguments), stdout=out)
    return out.getvalue()


def asked_by(policy, user=None):
    user = user or policy.admin
    return "--publisher", policy.publisher.slug, "--by", user.username


class Reader(HTMLParser):
    """Reads a document in which every element is closed, in order; what is not fails."""

    def __init__(self, page):
        super().__init__()
        self.open, self.elements, self.words = [], [], ""
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        self.open.append(tag)
        self.elements.append((tag, dict(attributes)))

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, text):
        self.words += text


def rebuilt(edits, without):
    return "".join(text for kind, text in edits if kind != without)


def test_two_files_are_compared_as_text(old, new):
    said = redline(old, new)
    first, *rest = said.split("\n\n")
    assert "1 clause changed" in first
    assert "1 clause added" in first
    assert "We keep your name for [-two-]{+ten+} years." in rest[0]
    assert rest[0].startswith("1 What we keep\ntext changed\nmaterial (")
    assert "{+French law applies.+}" in rest[1]
    assert "We tell you" not in said


def test_two_versions_are_compared_with_what_stands_outside_their_clauses(policy):
    said = redline(f"{policy.slug}@1", f"{policy.slug}@2", *asked_by(policy))
    assert said.startswith(f"{policy.slug}@1 → {policy.slug}@2: 1 clause changed")
    assert "[-two-]{+ten+}" in said


def test_what_stands_outside_the_clauses_of_files_is_compared_too(tmp_path, old):
    new = written(
        tmp_path / "new.md", "<!-- checked -->\n\n" + TEXT.replace("# Privacy", "# Cookies")
    )
    said = redline(old, new)
    assert said.startswith(f"{old} → {new}: No clause differs\n")
    assert "Title: [-Privacy-]{+Cookies+}" in said
    assert "Outside the clauses: {+<!-- checked -->+}" in said
    page = redline(old, new, "--format", "html")
    assert "<ins>Cookies</ins>" in page
    assert "<ins>&lt;!-- checked --&gt;</ins>" in page


def test_of_a_file_and_a_version_the_titles_are_compared(policy, tmp_path):
    new = written(tmp_path / "new.md", TEXT.replace("# Privacy", "# Cookies"))
    untitled = written(tmp_path / "untitled.txt", "1. What we keep\n\nNothing.\n")
    assert "Title: [-Privacy-]{+Cookies+}" in redline(f"{policy.slug}@1", new, *asked_by(policy))
    assert "Title:" not in redline(f"{policy.slug}@1", untitled, *asked_by(policy))


def test_a_file_is_compared_with_a_version(policy, old):
    said = redline(old, f"{policy.slug}@2", *asked_by(policy))
    assert "[-two-]{+ten+}" in said


def test_what_is_there_as_a_file_is_taken_for_one(policy, tmp_path, monkeypatch):
    """It needs no publisher, and its name tells no format: that is what is said of it."""
    monkeypatch.chdir(tmp_path)
    written(tmp_path / f"{policy.slug}@1", TEXT)
    with pytest.raises(CommandError, match="this kind of file cannot be imported"):
        redline(f"{policy.slug}@1", f"{policy.slug}@2", *asked_by(policy))


def test_json_has_exactly_what_is_documented(old, new):
    said = json.loads(redline(old, new, "--format", "json"))
    assert set(said) == {"summary", "clauses"}
    assert set(said["summary"]) == {outcome.value for outcome in Outcome}
    assert {kind: n for kind, n in said["summary"].items() if n} == {
        "unchanged": 1,
        "changed": 1,
        "added": 1,
    }
    changed, unchanged, added = said["clauses"]
    for clause in said["clauses"]:
        assert set(clause) == {"outcomes", "old", "new", "edits", "significance"}
        assert set(clause["significance"]) == {"level", "reasons", "tags"}
    assert changed["old"] == {
        "number": "1",
        "heading": "What we keep",
        "text": "What we keep\nWe keep your name for two years.",
    }
    assert changed["edits"] == [
        ["equal", "What we keep\nWe keep your name for "],
        ["delete", "two"],
        ["insert", "ten"],
        ["equal", " years."],
    ]
    assert changed["significance"]["level"] == "material"
    assert changed["significance"]["reasons"]
    assert unchanged["significance"] == {"level": "editorial", "reasons": [], "tags": []}
    assert unchanged["edits"] == [["equal", unchanged["old"]["text"]]]
    assert (added["old"], added["outcomes"]) == (None, ["added"])


def test_json_keeps_letters_as_they_are(tmp_path, old):
    new = written(tmp_path / "new.txt", "1. Größe\nMit Maß und 字.\n")
    assert "Größe" in redline(old, new, "--format", "json")


WORDS = st.lists(
    st.sampled_from(["we", "keep", "your", "not", "2", "3", "<b>", "&", "\n", "é", "字", "."]),
    max_size=12,
)
CLAUSES = st.lists(
    st.builds(
        ClauseState,
        st.sampled_from(["", "", "a", "b", "c"]),
        st.integers(1, 3),
        st.sampled_from(["", "1", "2"]),
        WORDS.map(" ".join).map(lambda text: text.replace("\n", " ")),
        WORDS.map(lambda words: "".join(f"<p>{w}</p>" for w in words if w.isalnum())),
    ),
    max_size=6,
    unique_by=lambda clause: clause.key or id(clause),
)


@given(CLAUSES, CLAUSES, st.booleans())
def test_the_edits_of_each_clause_rebuild_its_texts(old, new, minimal):
    said = json.loads(json.dumps(as_values(compare(old, new, minimal)), ensure_ascii=False))
    for clause in said["clauses"]:
        before, after = clause["old"], clause["new"]
        assert rebuilt(clause["edits"], "insert") == (before["text"] if before else "")
        assert rebuilt(clause["edits"], "delete") == (after["text"] if after else "")
    for side, clauses in (("old", old), ("new", new)):
        texts = sorted(clause[side]["text"] for clause in said["clauses"] if clause[side])
        assert texts == sorted(clause.text for clause in clauses)


def test_nothing_against_nothing_has_a_summary_of_zeros():
    said = as_values(Redline(()))
    assert said["clauses"] == []
    assert set(said["summary"].values()) == {0}


def test_html_is_well_formed_and_shows_every_text_as_text(tmp_path, old):
    hostile = written(tmp_path / "<b>&.txt", HOSTILE)
    page = redline(old, hostile, "--format", "html")
    read = Reader(page)
    assert not {tag for tag, _attributes in read.elements} & {"script", "img", "b"}
    assert "<img src=x onerror=alert(2)>" in read.words
    assert "</ins></section>" in read.words
    assert "{{ settings.SECRET_KEY }} {% now %}" in read.words
    assert "<b>&.txt" in read.words
    assert page.startswith("<!DOCTYPE html>")


def test_html_needs_nothing_beside_itself_and_names_each_clause_once(old, new):
    page = redline(old, new, "--format", "html")
    elements = Reader(page).elements
    names = [attributes["id"] for _tag, attributes in elements if "id" in attributes]
    assert len(names) == len(set(names)) == 2
    links = {attributes["href"] for _tag, attributes in elements if "href" in attributes}
    assert links <= {f"#{name}" for name in names}
    assert not {tag for tag, _attributes in elements} & {"link", "script", "img", "iframe"}
    assert not [attributes for _tag, attributes in elements if "src" in attributes]
    assert "url(" not in page
    assert "@import" not in page


def test_html_says_how_much_each_change_matters(old, new):
    words = Reader(redline(old, new, "--format", "html")).words
    assert "Material (estimated) text changed" in words
    assert "no legal advice" in words


def test_a_link_that_leads_elsewhere_is_told_with_both_targets(tmp_path):
    text = "## 1. A\n\nSee [our list](https://a.example/).\n"
    old = written(tmp_path / "old.md", text)
    new = written(tmp_path / "new.md", text.replace("a.example", "b.example"))
    assert "link on “our list”: [-https://a.example/-]{+https://b.example/+}" in redline(old, new)


def test_a_version_in_html_says_its_language(policy):
    page = redline(f"{policy.slug}@1", f"{policy.slug}@2", *asked_by(policy), "--format", "html")
    version = policy.versions.get(number=2)
    assert f'lang="{version.language}"' in page


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_equal_texts_have_no_marks(form, old):
    said = redline(old, old, "--format", form)
    assert "[-" not in said.replace("[]", "")
    assert "<del" not in said
    assert '"delete"' not in said
    if form != "json":
        assert "No clause differs" in said


def test_minimal_marks_no_word_that_could_stay(tmp_path):
    old = written(tmp_path / "old.txt", "1. A\nWe sell some of your data to him at night.\n")
    new = written(tmp_path / "new.txt", "1. A\nThey give all of my things to her at noon.\n")

    def marked(*options):
        said = json.loads(redline(old, new, "--format", "json", *options))
        return sum(len(t) for c in said["clauses"] for kind, t in c["edits"] if kind != "equal")

    assert marked("--minimal") <= marked()


@pytest.mark.parametrize("role", Role)
def test_everybody_on_the_team_may_ask(policy, role):
    user = factories.member(policy.publisher, role)
    assert "[-two-]" in redline(f"{policy.slug}@1", f"{policy.slug}@2", *asked_by(policy, user))


@pytest.mark.parametrize("role", Role)
def test_the_team_of_another_publisher_may_not(policy, role):
    user = factories.member(factories.publisher(policy.admin), role)
    with pytest.raises(CommandError, match="may not do this"):
        redline(f"{policy.slug}@1", f"{policy.slug}@2", *asked_by(policy, user))


def test_who_may_not_look_is_not_told_what_is_there(policy):
    user = factories.member(factories.publisher(policy.admin), Role.PUBLISHER)
    for name in (f"{policy.slug}@99", "no-such-policy@1"):
        with pytest.raises(CommandError, match="may not do this"):
            redline(name, f"{policy.slug}@2", *asked_by(policy, user))


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("privacy", "neither a file that is there nor a version"),
        ("missing.md", "neither a file that is there nor a version"),
        ("@1", "neither"),
        ("privacy@0", "neither"),
        ("privacy@-1", "neither"),
        ("privacy@99999999999999999999", "neither"),
        ("privacy@٣", "neither"),
        ("", "neither"),
        ("a\0b", "neither"),
        ("x" * 10_000, "neither"),
        ("../" * 2_000, "neither"),
        ("privacy@1", "say whose with --publisher, and who asks with --by"),
        ("x\0@1", "neither"),
        (os.curdir, "cannot be read"),
        ("/dev/zero", "this kind of file cannot be imported"),
    ],
)
def test_what_cannot_be_compared_is_said_in_one_message(old, name, problem):
    for sides in ((name, old), (old, name)):
        with pytest.raises(CommandError, match=problem):
            redline(*sides)


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.pdf", b"words", "save it as .docx, .html, .md or .txt"),
        ("a.md", b"", "holds no text"),
        ("a.md", b"\xff\xfe", "no text"),
        ("a.md", b"x" * (5 * 1024 * 1024 + 1), "more than the limit"),
        ("a.md", b"# Title\n", "no clause was found"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_with_its_name(old, tmp_path, name, data, problem):
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(CommandError, match=rf"{name}.*{problem}"):
        redline(old, file)


def test_a_link_that_leads_nowhere_is_said(old, tmp_path):
    (tmp_path / "link.md").symlink_to(tmp_path / "gone.md")
    with pytest.raises(CommandError, match=r"link\.md: cannot be read"):
        redline(old, tmp_path / "link.md")


@pytest.mark.parametrize("name", ["{}@9", "nothing@1", "a'; drop table@1"])
def test_a_version_that_does_not_exist_is_said_with_those_that_do(policy, name):
    with pytest.raises(CommandError, match=r"There is no (version|policy)"):
        redline(name.format(policy.slug), f"{policy.slug}@1", *asked_by(policy))


def test_an_unknown_publisher_or_user_is_said(policy):
    sides = f"{policy.slug}@1", f"{policy.slug}@2"
    with pytest.raises(CommandError, match="There is no publisher"):
        redline(*sides, "--publisher", "nobody", "--by", policy.admin.username)
    with pytest.raises(CommandError, match="There is no user"):
        redline(*sides, "--publisher", policy.publisher.slug, "--by", "nobody")


def test_a_format_that_is_none_is_refused(old, new):
    with pytest.raises(CommandError, match="invalid choice"):
        redline(old, new, "--format", "pdf")


def test_the_output_goes_into_a_file_whole(old, new, tmp_path):
    out = tmp_path / "out.json"
    assert redline(old, new, "--format", "json", "--output", out) == ""
    assert out.read_text() == redline(old, new, "--format", "json")
    assert {file.name for file in tmp_path.iterdir()} == {"old.md", "new.md", "out.json"}


def test_a_file_that_is_written_over_keeps_its_mode_and_its_link(old, new, tmp_path):
    out, link = written(tmp_path / "out", "before"), tmp_path / "link"
    out.chmod(0o640)
    link.symlink_to(out)
    redline(old, new, "--output", link)
    assert link.is_symlink()
    assert out.read_text() == redline(old, new)
    assert stat.S_IMODE(out.stat().st_mode) == 0o640


def test_nothing_is_half_written(old, new, tmp_path, monkeypatch):
    out = written(tmp_path / "out", "before")

    def fail(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    with pytest.raises(CommandError, match=r"out: cannot be written \(No space left"):
        redline(old, new, "--output", out)
    assert out.read_text() == "before"
    assert {file.name for file in tmp_path.iterdir()} == {"old.md", "new.md", "out"}


def test_an_error_leaves_the_file_as_it_was(old, tmp_path):
    out = written(tmp_path / "out", "before")
    with pytest.raises(CommandError):
        redline(old, "privacy@1", "--output", out)
    assert out.read_text() == "before"


@pytest.mark.parametrize("out", [".", "no/such/folder/out", "a\0b", "x" * 300])
def test_a_place_that_cannot_be_written_is_said(old, new, tmp_path, monkeypatch, out):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match="cannot be written"):
        redline(old, new, "--output", out)
    assert {file.name for file in tmp_path.iterdir()} == {"old.md", "new.md"}


def test_a_text_is_not_written_over_by_its_own_redline(old, new, tmp_path):
    for out in (old, new):
        with pytest.raises(CommandError, match="one of the two texts"):
            redline(old, new, "--output", out)
    assert old.read_text() == TEXT


def test_a_device_is_written_into_and_not_replaced(old, new):
    redline(old, new, "--output", os.devnull)
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)
