"""Read a folder of dated files as the history of one policy. Nothing is written here.

Everything that is wrong with any of them is found before the first is recorded.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from documents.actions.cleaning import clear_errors
from documents.actions.editing import clause_of
from documents.actions.ordering_history import not_yet, ordered, out_of_order, undated
from documents.actions.upload_file import read_file
from documents.errors import FileUnreadable, InvalidInput
from documents.evidence.reading import SYSTEM_FILES
from documents.importing import MAX_BYTES
from documents.importing.file_names import day_in, day_named, leading_number
from documents.importing.outline import OutlineClause
from documents.models import Policy

MAX_FILES = 2_000
MAX_TITLE = Policy._meta.get_field("title").max_length


@dataclass(frozen=True)
class PastText:
    """One file. on: the day from which it applied, as given; None only while it is checked.

    number: that its name begins with. title: empty if the file prints none.
    """

    name: str
    data: bytes
    on: date | None
    number: int | None
    title: str
    clauses: tuple[OutlineClause, ...]

    @cached_property
    def sha256(self):
        return hashlib.sha256(self.data).hexdigest()


def read_history(folder, *, today):
    """The folder's files as PastTexts, oldest first. folder: a Path. today: a legal day.

    Raises FileUnreadable with a line for each file that stands in the way.
    """
    texts, problems = [], []
    for path in paths_in(folder):
        try:
            texts.append(read_past_text(path))
        except (FileUnreadable, InvalidInput) as error:
            problems.append(str(error))
    dated = ordered([text for text in texts if text.on])
    problems += [*undated(texts), *not_yet(dated, today), *out_of_order(dated)]
    if problems:
        raise FileUnreadable("%(problems)s", problems="\n".join(problems))
    return dated


def paths_in(folder):
    """What the folder holds, but for what a desktop leaves behind. Raises InvalidInput."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.name not in SYSTEM_FILES)
    except OSError as error:
        raise InvalidInput(field=folder, problem=cannot_be_read(error)) from error
    if not 0 < len(paths) <= MAX_FILES:
        problem = _("The folder holds %(count)s files; name one with 1 to %(most)s.")
        problem %= {"count": len(paths), "most": MAX_FILES}
        raise InvalidInput(field=folder, problem=problem)
    return paths


def cannot_be_read(error):
    return _("cannot be read (%(problem)s). Mend that, or take it out of the folder.") % {
        "problem": error.strerror or type(error).__name__
    }


def read_past_text(path):
    """Raises FileUnreadable or InvalidInput."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InvalidInput(field=path.name, problem=cannot_be_read(error)) from error
    outline = read_file(data, path.name)
    require_storable(path.name, outline)
    stated = [outline.metadata.get(name, "") for name in ("effective_on", "amended_on")]
    on = day_in(path.name) or next(filter(None, map(day_named, stated)), None)
    return PastText(path.name, data, on, leading_number(path.name), outline.title, outline.clauses)


def require_storable(name, outline):
    """What a version could not hold is said now, not in the middle of the history."""
    if len(outline.title) > MAX_TITLE:
        problem = _("its title is longer than %(most)s characters. Shorten it.")
        raise InvalidInput(field=name, problem=problem % {"most": MAX_TITLE})
    for clause in outline.clauses:
        try:
            with clear_errors():
                clause_of(clause).clean_fields(exclude=["policy"])
        except InvalidInput as error:
            where = _("%(name)s, line %(line)s") % {"name": name, "line": clause.lines[0]}
            raise InvalidInput(field=where, problem=error) from None
