"""Check an evidence folder: the same code inside the product and beside the files.

    python3 verify.py [--head SEQ:SHA256]
    python3 verify.py --proof FILE [--address ADDRESS --salt HEX]

What the folder holds is written in contents.py. The exit code is 0 if
everything holds and 1 if anything does not; a folder that was tampered with
gives a line that says where, never a traceback.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import ParamSpec

from . import checks, notices, receipt
from .contents import Contents
from .reading import Folder, Unsound
from .timetable import timetable

Head = tuple[int, str]
P = ParamSpec("P")


class Result(StrEnum):
    """``note``: something that was not checked, and should be known."""

    OK = "ok"
    FAILED = "FAILED"
    NOTE = "note"


@dataclass(frozen=True)
class Check:
    """One line of a report. ``detail`` names the first thing that does not hold."""

    name: str
    result: Result
    detail: str

    def __str__(self) -> str:
        """One printable ASCII line, whatever the names in a folder hold."""
        detail = self.detail.encode("unicode_escape").decode("ascii")
        return f"{self.result:<7} {self.name:<12} {detail}"


@dataclass(frozen=True)
class Report:
    """What was checked, in the order of reading."""

    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        return not any(check.result is Result.FAILED for check in self.checks)

    def __str__(self) -> str:
        verdict = "Everything that was checked holds." if self.holds else "This does NOT hold."
        return "\n".join([*map(str, self.checks), verdict])


def verify(folder: Path, head: Head | None = None) -> Report:
    """Check everything in an evidence folder against its log, and the log against ``head``.

    head: (seq, sha256) as published at the time of the export. Without it a
    log whose end was cut off, or that was written anew, would pass.
    """
    contents = Contents(Folder(folder))
    found = [_check("files", checks.files, contents), *_log(contents, head)]
    found += [
        _check("version", checks.version, contents),
        _check("clauses", checks.clauses, contents),
        _check("announced", checks.announced, contents),
        _check("proposal", checks.proposal, contents),
        _check("timetable", timetable, contents),
        _check("notices", notices.rounds, contents),
    ]
    if found[-1].result is Result.OK:
        for link in contents.opened:
            name = f"notice {link.payload['round']}"
            found.append(_check(name, notices.notice, contents, link))
    return Report(tuple(found))


def verify_receipt(
    folder: Path, file: Path, head: Head | None = None, person: tuple[str, str] | None = None
) -> Report:
    """Check one person's proof file against the log in a folder.

    person: (address, salt), to see whether the line is about that address.
    """
    contents = Contents(Folder(folder))
    found = [
        *_log(contents, head),
        _check("proof", receipt.included, file),
        _check("sealed", receipt.sealed, contents, file),
    ]
    if person:
        found.append(_check("address", receipt.about, file, *person))
    return Report(tuple(found))


def _log(contents: Contents, head: Head | None) -> Iterator[Check]:
    yield _check("chain", checks.chain, contents)
    if head is None:
        yield Check("head", Result.NOTE, "not compared with a published head: see --head")
    else:
        yield _check("head", checks.head, contents, head)


def _check(name: str, check: Callable[P, str], *args: P.args, **kwargs: P.kwargs) -> Check:
    try:
        return Check(name, Result.OK, check(*args, **kwargs))
    except Unsound as problem:
        return Check(name, Result.FAILED, str(problem))


def main(folder: Path, arguments: Sequence[str] | None = None) -> int:
    """Print the report on a folder; returns the exit code."""
    parser = argparse.ArgumentParser(description="Check the evidence in this folder.")
    parser.add_argument("--head", type=_head, metavar="SEQ:SHA256", help="as it was published")
    parser.add_argument("--proof", type=Path, metavar="FILE", help="check one person's line")
    parser.add_argument("--address", help="whether the line of --proof is about this address")
    parser.add_argument("--salt", metavar="HEX", help="the person's salt, for --address")
    given = parser.parse_args(arguments)
    if (given.address is None) != (given.salt is None):
        parser.error("--address and --salt go together")
    if given.address is not None and given.proof is None:
        parser.error("--address needs --proof")
    person = None if given.address is None else (given.address, given.salt)
    report = (
        verify(folder, given.head)
        if given.proof is None
        else verify_receipt(folder, given.proof, given.head, person)
    )
    sys.stdout.write(f"{report}\n")
    return 0 if report.holds else 1


def _head(text: str) -> Head:
    found = re.fullmatch(r"([0-9]{1,18}):([0-9a-fA-F]{64})", text.strip())
    if not found:
        raise argparse.ArgumentTypeError("write the entry's number, a colon and its 64 digits")
    return int(found[1]), found[2].lower()
