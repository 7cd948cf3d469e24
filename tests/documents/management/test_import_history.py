"""manage.py import_history, and what readers and verifiers see afterwards."""

import json
import subprocess
import sys
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from documents import queries
from documents.models import Chain, ImportedFile, Policy, Publication
from tests import factories
from tests.documents.actions.test_import_history import CHAIN, REWRITTEN, put
from tests.documents.management.test_verify_evidence import assert_each_is_found, rewrite
from tests.documents.public.pages import address, words
from tests.factories import TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return factories.admin()


@pytest.fixture
def publisher(admin):
    return factories.publisher(admin)


@pytest.fixture
def run(publisher, admin):
    def run(*folders, **options):
        out, err = StringIO(), options.pop("stderr", StringIO())
        arguments = {"publisher": publisher.slug, "by": str(admin)} | options
        call_command("import_history", *map(str, folders), stdout=out, stderr=err, **arguments)
        return out.getvalue()

    return run


@pytest.fixture
def imported(run, tmp_path):
    put(tmp_path, CHAIN)
    run(tmp_path, policy="privacy")
    return Policy.objects.get(slug="privacy")


class Terminal(StringIO):
    def isatty(self):
        return True


# The command


def test_it_reports_what_was_done(run, tmp_path):
    put(tmp_path, CHAIN)
    said = run(tmp_path, policy="privacy").splitlines()
    for line in ("policy: privacy", "files: 4", "versions: 3", "recorded now: 3", "clauses: 7"):
        assert line in said
    assert "skipped 003_2018-05-25_c.md: its text is that of the file before" in said
    assert "All of it was recorded before: no version was made." in run(tmp_path, policy="privacy")


def test_doubtful_clauses_are_listed_in_this_run_and_in_the_next(run, tmp_path):
    put(tmp_path, {"2018-01-01.md": TEXT, "2019-01-01.md": REWRITTEN})
    for _time in (1, 2):
        facts = json.loads(run(tmp_path, policy="privacy", json=True))
        (doubtful,) = facts["doubtful"]
        percent = doubtful.pop("percent")
        assert 0 < percent < 60
        assert doubtful == {
            "file": "2019-01-01.md",
            "number": "7",
            "words": "What we keep",
            "key": "new",
        }
    line = f"doubtful in 2019-01-01.md: 7 “What we keep”, {percent} % sure; new key"
    assert line in run(tmp_path, policy="privacy")


def test_several_folders_are_policies_of_their_names(run, tmp_path):
    for name in ("terms", "cookies"):
        (tmp_path / name).mkdir()
        put(tmp_path / name, CHAIN)
    said = run(tmp_path / "terms", tmp_path / "cookies", json=True)
    assert [json.loads(line)["policy"] for line in said.splitlines()] == ["terms", "cookies"]
    assert set(Policy.objects.values_list("slug", flat=True)) == {"terms", "cookies"}
    with pytest.raises(CommandError, match="Leave --policy out"):
        run(tmp_path / "terms", tmp_path / "cookies", policy="one")


def test_nothing_is_written_while_any_file_of_any_folder_is_wrong(run, tmp_path):
    for name, files in {"terms": CHAIN, "cookies": {"undated.md": TEXT}}.items():
        (tmp_path / name).mkdir()
        put(tmp_path / name, files)
    with pytest.raises(CommandError, match=r"undated\.md: no date was found"):
        run(tmp_path / "terms", tmp_path / "cookies")
    assert not Policy.objects.exists()


def test_progress_is_a_bar_on_a_terminal_and_lines_elsewhere(run, tmp_path):
    put(tmp_path, CHAIN)
    terminal, pipe = Terminal(), StringIO()
    run(tmp_path, policy="one", stderr=terminal)
    run(tmp_path, policy="two", stderr=pipe, verbosity=2)
    assert "[##############################] 4 of 4 one" in terminal.getvalue()
    assert pipe.getvalue().splitlines() == [
        "001_2018-05-14_a.md: version 1, 2018-05-14, clauses: 2",
        "002_2018-05-25_b.md: version 2, 2018-05-25, clauses: 2",
        "003_2018-05-25_c.md: skipped, its text is that of the file before",
        "two: 4 of 4",
        "004_2020-04-13_d.md: version 3, 2020-04-13, clauses: 3",
    ]


def test_ctrl_c_ends_in_one_line_that_says_how_to_go_on(run, tmp_path, monkeypatch):
    def interrupt(*args, **values):
        raise KeyboardInterrupt

    put(tmp_path, CHAIN)
    monkeypatch.setattr("documents.actions.record_version.freeze", interrupt)
    with pytest.raises(CommandError, match="run the same command again to go on") as ended:
        run(tmp_path, policy="privacy")
    assert ended.value.returncode == 130


# What readers see


def test_every_page_about_versions_says_recorded_later(client, imported):
    publisher = imported.publisher.name
    current = f"In force Recorded later: applied from 13 April 2020, as given by {publisher}."
    first = (
        f"No longer in force Recorded later: applied from 14 May 2018, as given by {publisher}. "
        "Replaced by version 2."
    )
    for rest, sentences in {
        "versions/": (current, first, "Recorded on"),
        "versions/3/": (current,),
        "versions/1/": (first,),
        "compare/1..3/": (current, first),
    }.items():
        said = words(client.get(address(imported, rest)))
        for sentence in sentences:
            assert sentence in said, rest
        assert "Took effect" not in said
        assert "Announced on" not in said


def test_a_version_of_our_own_that_replaces_it_names_the_day(client, imported, admin):
    factories.recipients(imported.publisher, admin)
    publication = factories.publish(imported, admin, TEXT)
    factories.work()
    with time_machine.travel(publication.effective_at, tick=False):
        said = words(client.get(address(imported, "versions/")))
    assert "Replaced by version 4 on " in said
    assert "In force Took effect on " in said


# What verifiers see


def test_an_imported_history_verifies(imported, capsys):
    call_command("verify_evidence")
    said = capsys.readouterr().out
    assert "versions: 3" in said
    assert "recorded files: 3" in said


def test_tampering_with_what_was_given_is_found(imported, admin):
    factories.publish(imported, admin, TEXT)
    own = queries.history(imported).first().publication_id
    given = "given_on is not what the log says"
    assert_each_is_found(
        (
            Publication,
            "UPDATE {table} SET given_on = '2010-01-01' WHERE given_on > '2019-01-01'",
            given,
        ),
        (Publication, "UPDATE {table} SET given_on = NULL", given),
        (Publication, f"UPDATE {{table}} SET given_on = '2010-01-01' WHERE id = {own}", given),
        (ImportedFile, "UPDATE {table} SET sha256 = 'x'", "is not the one that the log names"),
        (ImportedFile, "UPDATE {table} SET name = 'x.md'", "is not the one that the log names"),
        (ImportedFile, "UPDATE {table} SET packed = 'x'", "does not match its hash"),
        (ImportedFile, "DELETE FROM {table}", "the file that entry"),
    )


def test_an_entry_from_before_given_days_were_logged_still_verifies(imported, admin):
    factories.publish(imported, admin, TEXT)

    def forget(entries):
        own = [entry for entry in entries if entry.kind == "version.published"][-1]
        assert own.payload.pop("given_on") is None

    rewrite(imported.publisher, forget)
    call_command("verify_evidence")


def exported(policy, admin, folder):
    call_command(
        "export_evidence",
        f"{policy.slug}@1",
        publisher=policy.publisher.slug,
        to=folder,
        by=str(admin),
        stdout=StringIO(),
    )
    return folder


def checked(folder, head):
    run = [sys.executable, folder / "verify.py", "--head", head]
    return subprocess.run(run, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("change", ["another", "none", "gone"])
def test_an_evidence_folder_tells_the_day_and_finds_tampering(imported, admin, tmp_path, change):
    chain = Chain.objects.get(publisher=imported.publisher)
    folder = exported(imported, admin, tmp_path / "evidence")
    head = f"{chain.seq}:{chain.sha256}"
    sound = checked(folder, head)
    assert sound.returncode == 0, sound.stdout
    assert "recorded later, given as applied from 2018-05-14" in sound.stdout
    file = folder / "publication.json"
    record = json.loads(file.read_text())
    assert record["given_on"] == "2018-05-14"
    record["given_on"] = {"another": "2010-01-01"}.get(change)
    if change == "gone":
        del record["given_on"]
    file.write_text(json.dumps(record))
    found = checked(folder, head)
    assert found.returncode != 0
    assert "given_on is not what the log says" in found.stdout
