"""Show what differs between two texts: files, or versions of a policy."""

import json
import os
import shutil
from argparse import ArgumentTypeError
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from documents.actions.upload_file import read_file
from documents.arranging import arrange, link_changes
from documents.comparison import ClauseState, Edit, EditKind, compare
from documents.comparison.json_form import as_values
from documents.comparison.render import marked
from documents.comparison.significance import propose
from documents.importing import MAX_BYTES
from documents.management.arguments import version_name
from documents.management.reporting import plain_errors
from documents.models import Version
from documents.permissions import require, user_named
from documents.queries import policy_named, publisher_named, version_numbered
from documents.templatetags.redline import (
    changed_details,
    outcome_words,
    plain_edits,
    redline_summary,
)
from documents.templatetags.significance import reason_words, tag_words

NEITHER = "“%s” is neither a file that is there nor a version; a version is written as privacy@3."
NEEDS = "“%s” is a version: say whose with --publisher, and who asks with --by."


@dataclass(frozen=True)
class Side:
    """One of the two texts.

    version: None for a file. said: what stands outside the clauses, by name.
    """

    name: str
    clauses: tuple[ClauseState, ...]
    said: Mapping[str, str]
    version: Version | None = None


class Command(BaseCommand):
    help = (
        "Show what differs between two texts, each a .txt or .md file or a version such as "
        "privacy@3; what is there as a file is taken for one. Versions need --publisher and --by."
    )

    def add_arguments(self, parser):
        parser.add_argument("old", metavar="OLD")
        parser.add_argument("new", metavar="NEW")
        parser.add_argument("--format", choices=sorted(FORMATS), default="text")
        parser.add_argument(
            "--minimal", action="store_true", help="mark no word that could stay, however it reads"
        )
        parser.add_argument(
            "--output", metavar="FILE", help="default: print; a file is written whole or not at all"
        )
        parser.add_argument(
            "--publisher", metavar="SLUG", help="whose policies the versions are of"
        )
        parser.add_argument("--by", metavar="USER", help="who asks; needed for versions")

    def handle(self, *, old, new, output, **options):
        for name in (old, new):
            if output and is_same_file(name, output):
                raise CommandError(f"{shown(output)}: this is one of the two texts to compare.")
        with plain_errors():
            before, after = (side(name, options) for name in (old, new))
        redline = compare(before.clauses, after.clauses, options["minimal"])
        text = FORMATS[options["format"]](before, after, redline)
        if not output:
            self.stdout.write(text, ending="")
            return
        try:
            write_whole(Path(output), text.encode())
        except (OSError, ValueError) as error:
            raise unusable(output, "written", error) from error


def side(name, options):
    """The text behind an argument. Raises CommandError or our own errors."""
    if os.path.lexists(name):
        return file_side(name)
    try:
        slug, number = version_name(name)
    except ArgumentTypeError:
        raise CommandError(NEITHER % shown(name)) from None
    if not (options["publisher"] and options["by"]):
        raise CommandError(NEEDS % shown(name))
    return version_side(slug, number, options)


def file_side(name):
    try:
        with open(name, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise unusable(name, "read", error) from error
    outline = read_file(data, shown(Path(name).name))
    clauses = (ClauseState("", c.level, c.number, c.heading, c.body) for c in outline.clauses)
    aside = "\n".join(residue.text for residue in outline.residue)
    metadata = {name.replace("_", " "): value for name, value in outline.metadata.items()}
    said = {_("Title"): outline.title, **metadata, _("Outside the clauses"): aside}
    return Side(shown(name), tuple(clauses), {what: text for what, text in said.items() if text})


def version_side(slug, number, options):
    user = user_named(options["by"])
    publisher = publisher_named(options["publisher"])
    require(user, "view", publisher)
    version = version_numbered(policy_named(publisher, slug), number)
    said = {_("Title"): version.title}
    return Side(f"{slug}@{number}", version.clauses(), said, version)


def as_text(before, after, redline):
    """What differs, with marks as wdiff prints them."""
    parts = [f"{before.name} → {after.name}: {redline_summary(redline)}"]
    parts += [f"{what}: {replaced(old, new)}" for what, old, new in details(before, after)]
    parts += [change_as_text(change, redline.new_numbers) for change in redline.changed]
    return "\n\n".join(parts) + "\n"


def change_as_text(change, numbers):
    title = f"{change.clause.number} {marked(change.heading_edits)}".strip()
    significance = significance_as_text(propose(change, numbers))
    links = (f"link on “{words}”: {replaced(*to)}" for words, *to in link_changes(change))
    lines = [title, outcome_words(change), significance, *links, plain_edits(change)]
    return "\n".join(filter(None, lines))


def replaced(old, new):
    return marked(
        Edit(*edit) for edit in ((EditKind.DELETE, old), (EditKind.INSERT, new)) if edit[1]
    )


def significance_as_text(proposal):
    """Such as: material (the number changes, words change); about: liability."""
    reasons = ", ".join(map(str, map(reason_words, proposal.reasons)))
    about = f"; about: {tag_words(proposal.tags)}" if proposal.tags else ""
    return f"{proposal.level.value} ({reasons}){about}"


def as_json(before, after, redline):
    return json.dumps(as_values(redline), ensure_ascii=False, indent=1) + "\n"


def as_html(before, after, redline):
    """A document that needs nothing beside itself."""
    version = after.version or before.version
    context = {
        "old": before,
        "new": after,
        "redline": redline,
        "arrangement": arrange(redline),
        "details": details(before, after),
        "language": version.language if version else "",
        "language_of_labels": get_language() or "en",
    }
    return render_to_string("documents/redline_document.html", context)


FORMATS = {"text": as_text, "json": as_json, "html": as_html}


def details(before, after):
    """What the two say differently outside their clauses: (what, old, new) of each.

    Of a file and a version only what both say: their titles.
    """
    if before.version and after.version:
        return changed_details(before.version, after.version)
    old, new = before.said, after.said
    is_mixed = before.version or after.version
    names = [what for what in old | new if not is_mixed or (what in old and what in new)]
    found = [(what, old.get(what, ""), new.get(what, "")) for what in names]
    return [detail for detail in found if detail[1] != detail[2]]


def shown(name):
    """An argument for people to read, even where its bytes are no text."""
    return os.fsencode(name).decode("utf-8", "replace")


def unusable(name, done, error):
    problem = getattr(error, "strerror", None) or error
    return CommandError(f"{shown(name)}: cannot be {done} ({problem}).")


def is_same_file(name, other):
    try:
        return os.path.samefile(name, other)
    except (OSError, ValueError):
        return False


def write_whole(path, data):
    """Replace a file by its new content in one step; write into what is no file, such as a pipe."""
    path = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    beside = path.with_name(f".redline-{uuid4().hex}")
    try:
        beside.write_bytes(data)
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
