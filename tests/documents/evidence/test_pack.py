"""An evidence folder holds as it was made, and no change of it passes."""

import json

import pytest

from documents.evidence.canonical import canonical
from documents.evidence.contents import SUMS
from documents.evidence.export import write
from documents.evidence.pack import verify
from documents.evidence.reading import Folder

from .sample import Sample, chained, failures, lines_of, remade_sums

FILES = sorted(Sample().contents())
JSON_FILES = [name for name in FILES if name.endswith(".json")]
LINE_FILES = [name for name in FILES if name.endswith(".jsonl")]


def published(sample):
    seq, sha256 = sample.head
    return f"{seq}:{sha256}"


def test_r61_a_sound_folder_holds(folder, sample):
    report = verify(folder, sample.head)
    assert report.holds, str(report)
    assert all(check.result == "ok" for check in report.checks)


def test_r61_a_sound_folder_holds_with_nothing_but_itself(folder, sample, alone):
    done = alone(folder, "--head", published(sample))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{verify(folder, sample.head)}\n"
    assert alone(folder, "--head", published(sample)).returncode == 0, "checking changed the folder"


def test_r61_the_report_says_that_no_head_was_compared(folder):
    notes = [check for check in verify(folder).checks if check.result == "note"]
    assert [note.name for note in notes] == ["head"]


def test_r61_a_flipped_byte_in_any_file_is_found_and_named(folder):
    reading = Folder(folder)
    for name in sorted(reading.names() - {SUMS}):
        data = bytearray(reading.read(name))
        data[len(data) // 2] ^= 1
        (folder / name).write_bytes(data)
        assert name in failures(verify(folder))["files"]
        data[len(data) // 2] ^= 1
        (folder / name).write_bytes(data)
    assert verify(folder).holds


def test_r61_a_flipped_byte_in_the_list_of_hashes_is_found(folder):
    sums = folder / SUMS
    sound = sums.read_bytes()
    for place in range(0, len(sound), 7):
        data = bytearray(sound)
        data[place] ^= 1
        sums.write_bytes(data)
        assert "files" in failures(verify(folder))


def test_r61_the_folder_finds_a_flipped_byte_by_itself(folder, alone):
    for name in [*FILES, "evidence/chain.py"]:
        path = folder / name
        sound = path.read_bytes()
        # In a word, so that Python and JSON can still be read.
        place = sound.index(b"e", len(sound) // 2 if name != "evidence/chain.py" else 0)
        path.write_bytes(sound[:place] + b"a" + sound[place + 1 :])
        done = alone(folder)
        assert (done.returncode, done.stderr) == (1, ""), name
        assert f"FAILED  files        {name}" in done.stdout
        path.write_bytes(sound)


# publication.json may repeat what the log says of the timetable, and need not.
LEFT_TO_THE_LOG = {"notice_required", "deadline_at"}


def changed(value):
    """Every value that differs from ``value`` in one place inside it."""
    if isinstance(value, dict):
        for key in value:
            yield from (value | {key: other} for other in changed(value[key]))
            if key not in LEFT_TO_THE_LOG:
                yield {name: value[name] for name in value if name != key}
        yield value | {"extra": None}
    elif isinstance(value, list):
        for n, item in enumerate(value):
            yield from ([*value[:n], other, *value[n + 1 :]] for other in changed(item))
            yield [*value[:n], *value[n + 1 :]]
    elif isinstance(value, bool) or value is None:
        yield {None: "x", True: False, False: True}[value]
    elif isinstance(value, int):
        yield value + 1
    else:
        yield f"{'3' if value[:1] == '2' else '?'}{value[1:]}"
        yield value + "\u0301"
        yield None


@pytest.mark.parametrize("name", JSON_FILES)
def test_r61_no_value_can_be_forged_even_with_new_hashes(folder, name):
    path = folder / name
    for forged in changed(json.loads(path.read_bytes())):
        path.write_bytes(json.dumps(forged).encode())
        remade_sums(folder)
        found = failures(verify(folder))
        assert found, f"{name} passes as {forged}"
        assert "files" not in found
        assert any(name in detail or "entry" in detail for detail in found.values())


@pytest.mark.parametrize("name", LINE_FILES)
def test_r61_no_line_can_be_forged_even_with_new_hashes(folder, name):
    path = folder / name
    lines = path.read_bytes().splitlines()
    for n, line in enumerate(lines):
        for forged in changed(json.loads(line)):
            path.write_bytes(b"\n".join([*lines[:n], canonical(forged), *lines[n + 1 :], b""]))
            remade_sums(folder)
            found = failures(verify(folder))
            assert "files" not in found
            assert any(name in text or f"entry {n + 1}" in text for text in found.values()), found


@pytest.mark.parametrize("name", LINE_FILES)
def test_r61_lines_cannot_be_spelled_otherwise(folder, name):
    """Equal to JSON, other to the letter."""
    path = folder / name
    path.write_bytes(path.read_bytes().replace(b'":', b'": ', 1))
    remade_sums(folder)
    assert failures(verify(folder))


def edited(links):
    links[4] = (chained([("x", 1, {})])[0][0], links[4][1])


def dropped(links):
    del links[4]


def dropped_at_the_start(links):
    del links[0]


def reordered(links):
    links[4], links[5] = links[5], links[4]


def inserted(links):
    links.insert(4, links[3])


def emptied(links):
    links.clear()


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        (edited, "entry 5"),
        (dropped, "entry 5"),
        (dropped_at_the_start, "entry 1"),
        (reordered, "entry 5"),
        (inserted, "entry 5"),
        (emptied, "chain.jsonl"),
    ],
)
def test_r61_a_changed_log_is_found_at_its_first_bad_entry(sample, failed, tamper, named):
    links = sample.links
    tamper(links)
    assert named in failed(sample, **{"chain.jsonl": lines_of(links)})["chain"]


def test_r61_a_cut_tail_fails_against_the_published_head(sample, failed):
    head, whole = sample.head, sample.links
    cut = {"chain.jsonl": lines_of(whole[:-1])}
    assert failed(sample, **cut) == {}
    assert failed(sample, head, **cut) == {
        "head": "the log ends at entry 10, before the published head 11"
    }


def test_r61_a_log_written_anew_fails_against_the_published_head(sample, failed):
    head = sample.head
    sample.facts[1] = ("promise.set", 2, {"policy": "another"})
    assert failed(sample) == {}
    assert failed(sample, head) == {"head": "entry 11 is not the published head"}


def test_r61_an_entry_after_the_published_head_does_not_count(sample, failed):
    head = sample.head
    sample.facts.append(("promise.set", 12, {}))
    assert "after the published head 11" in failed(sample, head)["head"]


def test_r61_a_clock_that_went_back_is_found(sample, failed):
    kind, _hour, payload = sample.facts[-1]
    sample.facts[-1] = (kind, 3, payload)
    assert failed(sample) == {"chain": "entry 11 is dated before entry 10"}


def test_r61_an_entry_of_another_publisher_is_found(sample, failed):
    links = sample.links
    link = links[-1][0]
    strange = type(link)(**(vars(link) | {"publisher": "other"}))
    links[-1] = (strange, strange.sha256)
    assert "entry 11" in failed(sample, **{"chain.jsonl": lines_of(links)})["chain"]


BROKEN = {
    "no bytes": b"",
    "no JSON": b"{",
    "no UTF-8": b'{"a": "\xff"}\n',
    "byte order mark": b"\xef\xbb\xbf{}\n",
    "a list": b"[]\n",
    "a list of lists": b"[[]]\n",
    "null": b"null\n",
    "a fraction": b'{"a": 1.5}\n',
    "NaN": b'{"a": NaN}\n',
    "a member twice": b'{"a": 1, "a": 2}\n',
    "half a character": b'{"a": "\\ud800"}\n',
    "an endless number": b'{"a": ' + b"9" * 5000 + b"}\n",
    "nested too deep": b"[" * 200_000 + b"\n",
    "an empty line": b"\n",
    "an unknown member": b'{"extra": 1}\n',
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_r61_a_file_that_cannot_be_read_is_named(folder, content):
    for name in JSON_FILES + LINE_FILES:
        sound = (folder / name).read_bytes()
        (folder / name).write_bytes(content)
        remade_sums(folder)
        found = failures(verify(folder))
        assert any(name in detail for detail in found.values()), found
        (folder / name).write_bytes(sound)


@pytest.mark.parametrize("name", [*FILES, "verify.py", "evidence/chain.py", SUMS])
def test_r61_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    assert any(f"{name} is missing" in text for text in failures(verify(folder)).values())


@pytest.mark.parametrize("name", FILES)
def test_r61_a_folder_in_place_of_a_file_is_named(folder, name):
    (folder / name).unlink()
    (folder / name).mkdir()
    assert any(name in text for text in failures(verify(folder)).values())


@pytest.mark.parametrize("name", FILES)
def test_r61_a_missing_file_that_is_not_listed_either_is_named(folder, name, alone):
    (folder / name).unlink()
    remade_sums(folder)
    done = alone(folder)
    assert (done.returncode, done.stderr) == (1, "")
    assert name in done.stdout


def test_r61_a_file_that_does_not_belong_is_named(folder):
    (folder / "more.txt").write_text("?")
    assert "more.txt does not belong" in failures(verify(folder))["files"]
    remade_sums(folder)
    assert "more.txt does not belong" in failures(verify(folder))["files"]


def test_a_file_that_is_not_listed_is_named(folder):
    (folder / "evidence" / "json.py").write_text("")
    assert "evidence/json.py is not listed" in failures(verify(folder))["files"]


def test_what_a_desktop_leaves_behind_is_no_evidence(folder):
    (folder / ".DS_Store").write_text("?")
    assert verify(folder).holds


def test_r61_no_folder_at_all_is_a_clear_failure(tmp_path):
    report = verify(tmp_path / "none", (1, "0" * 64))
    assert not report.holds
    assert {check.result for check in report.checks} == {"FAILED"}


def test_a_report_line_is_plain_text_whatever_a_file_is_called(folder, alone):
    (folder / "\x1b[2Jé\n").write_text("?")
    done = alone(folder)
    assert (done.returncode, done.stderr) == (1, "")
    assert "\\x1b[2J\\xe9\\n does not belong" in done.stdout


def test_r61_a_clause_removed_by_order_counts_by_its_hash(sample, failed):
    taken = sample.clauses[1]
    taken |= {"heading": "", "body": "<p>Removed by order.</p>", "removed": True}
    said = "clauses.json clause 2: no entry says that it was removed"
    assert failed(sample) == {"clauses": said}
    sample.facts.append(("text.removed", 12, {"policy": "0b7d", "texts": [taken["sha256"]]}))
    assert failed(sample) == {"clauses": said}
    sample.facts.append(("text.removed", 12, {"policy": "6f1c", "texts": [[], taken["sha256"]]}))
    assert failed(sample) == {}
    taken["removed"] = False
    assert "clause 2: the words" in failed(sample)["clauses"]


def test_r61_a_version_that_was_announced_twice_is_found(sample, failed):
    sample.facts.append(("version.published", 12, sample.published()))
    assert "entry 12 announces" in failed(sample)["announced"]


def test_r61_a_version_of_another_publication_is_found(sample, failed):
    sample.facts[3][2]["publication"] = 6
    assert "entry 4 belongs to another publication" in failed(sample)["announced"]


def test_r61_an_old_entry_belongs_to_the_notice_that_follows_it(sample, failed):
    """Entries did not always name their publication."""
    for _kind, _hour, payload in sample.facts:
        if "version_sha256" in payload or payload.get("policy") == "0b7d":
            payload.pop("publication", None)
    assert failed(sample) == {}
    sample.facts[2:4] = reversed(sample.facts[2:4])
    assert "belongs to another publication" in failed(sample)["announced"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--head", "11"),
        ("--head", "11:abc"),
        ("--head", "-1:" + "0" * 64),
        ("--address", "ada@example.org"),
        ("--address", "ada@example.org", "--salt", "00"),
        ("--salt", "00"),
        ("--what",),
    ],
)
def test_arguments_that_mean_nothing_are_refused(folder, alone, arguments):
    done = alone(folder, *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_the_same_contents_make_the_same_folder(tmp_path):
    for name in ("one", "two"):
        write(tmp_path / name, Sample().contents())
    assert (tmp_path / "one" / SUMS).read_bytes() == (tmp_path / "two" / SUMS).read_bytes()
