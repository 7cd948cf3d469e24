"""Reading files that somebody may have changed: whatever is wrong with them is an Unsound.

JSON is read strictly: a member that is missing, unknown, double or of another
kind, and a number with a fraction, which has no canonical form, are refused.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import NoneType
from typing import Any

from .canonical import canonical, instant

Kinds = tuple[type, ...]
Shape = Mapping[str, Kinds]

TEXT: Kinds = (str,)
NUMBER: Kinds = (int,)
FLAG: Kinds = (bool,)
LIST: Kinds = (list,)
MAPPING: Kinds = (dict,)
MOMENT: Kinds = (str, NoneType)

SYSTEM_FILES = frozenset([".DS_Store", "Thumbs.db", "desktop.ini"])


class Unsound(Exception):
    """Something does not hold. ``str()`` names the file or the entry and says what is wrong."""


class Folder:
    """A folder on disk, by names relative to it with slashes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def names(self) -> set[str]:
        """Every file, without those that a desktop leaves behind."""
        found = (file for file in self.path.rglob("*") if not file.is_dir())
        return {
            file.relative_to(self.path).as_posix()
            for file in found
            if file.name not in SYSTEM_FILES
        }

    def read(self, name: str) -> bytes:
        try:
            return (self.path / name).read_bytes()
        except FileNotFoundError:
            raise Unsound(f"{name} is missing") from None
        except OSError as problem:
            raise Unsound(f"{name} cannot be read: {problem.strerror}") from None

    def sha256(self, name: str) -> str:
        try:
            with (self.path / name).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as problem:
            raise Unsound(f"{name} cannot be read: {problem.strerror}") from None

    def json(self, name: str, shape: Shape, *, is_open: bool = False) -> dict[str, Any]:
        """A JSON object; see ``members``."""
        return members(parsed(self.read(name), name), shape, name, is_open=is_open)

    def lines(self, name: str) -> Iterator[tuple[str, bytes]]:
        """(where, line without its end), one at a time: a file of lines may be large."""
        try:
            with (self.path / name).open("rb") as file:
                for number, line in enumerate(file, 1):
                    where = f"{name} line {number}"
                    if not line.endswith(b"\n"):
                        raise Unsound(f"{where} has no end: the file was cut")
                    yield where, line[:-1]
        except FileNotFoundError:
            raise Unsound(f"{name} is missing") from None
        except OSError as problem:
            raise Unsound(f"{name} cannot be read: {problem.strerror}") from None


def parsed(data: bytes, where: str) -> Any:
    """The JSON value that UTF-8 bytes hold, one that has a canonical form."""
    try:
        value = json.loads(
            data.decode(), object_pairs_hook=_once, parse_float=_refused, parse_constant=_refused
        )
        canonical(value)
    except (ValueError, RecursionError) as problem:
        raise Unsound(f"{where} is not sound JSON: {problem}") from None
    return value


def members(value: Any, shape: Shape, where: str, *, is_open: bool = False) -> dict[str, Any]:
    """``value`` as an object with these members. is_open: others may stand beside them."""
    if not isinstance(value, dict):
        raise Unsound(f"{where} is not a JSON object")
    for name in shape:
        member(value, name, shape[name], where)
    unknown = sorted(value.keys() - shape.keys())
    if unknown and not is_open:
        raise Unsound(f"{where} has a member that does not belong there: {unknown[0]}")
    return value


def member(value: Mapping[str, Any], name: str, kinds: Kinds, where: str) -> Any:
    """One member of an object, of one of these kinds. True is not a number here."""
    if name not in value:
        raise Unsound(f"{where} has no {name}")
    if type(value[name]) not in kinds:
        raise Unsound(f"{where}: {name} is of the wrong kind")
    return value[name]


def moment(text: str, where: str) -> datetime:
    """The instant that text names, in the one form that the log knows."""
    try:
        found = datetime.fromisoformat(text)
        if instant(found) == text:
            return found
    except (ValueError, OverflowError):
        pass
    raise Unsound(f"{where}: {text} is not an instant")


def is_same(one: Any, other: Any) -> bool:
    """Whether two JSON values are one, which Python's 1 == True does not tell."""
    return canonical(one) == canonical(other)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a member stands there twice")
    return found


def _refused(text: str) -> None:
    raise ValueError(f"{text[:40]} has no canonical form")
