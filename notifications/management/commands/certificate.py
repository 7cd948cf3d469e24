"""Tell what one person was told of a policy, as on a day, and how that is proven."""

from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from documents.errors import NotFound
from documents.evidence.canonical import plain
from documents.management.arguments import add_policy_arguments, legal_day, policy_and_user
from documents.management.reporting import plain_errors, report
from legalcms import clock
from notifications.certificates import certificate
from notifications.certificates.access import note_reading, require_certifier
from notifications.certificates.blocks import Facts, Quote, Table
from notifications.certificates.findings import findings
from notifications.certificates.paper import pdf
from notifications.certificates.sheet import sheet
from notifications.certificates.words import times_of
from notifications.people import with_address


class Command(BaseCommand):
    help = "Tell what a person was told of a policy as on a day; --pdf FILE puts it on paper."

    def add_arguments(self, parser):
        parser.add_argument("address", metavar="ADDRESS")
        add_policy_arguments(parser)
        parser.add_argument("--on", type=legal_day, required=True, metavar="DATE")
        parser.add_argument("--pdf", type=Path, metavar="FILE")

    def handle(self, *, address, on, **options):
        with plain_errors():
            policy, user = policy_and_user(options)
            require_certifier(user, policy.publisher)
            person = person_with(address, policy.publisher)
            made = certificate(person, policy, on, clock.now())
        note_reading(by=user, recipient=person, what="certificate")
        if options["pdf"]:
            write(options["pdf"], pdf(sheet(made)))
        if options["json"]:
            found = [asdict(each) for each in findings(made, times_of(made))]
            report(self.stdout, plain(asdict(made) | {"findings": found}), as_json=True)
        elif options["pdf"]:
            report(self.stdout, {"written": options["pdf"]}, as_json=False)
        else:
            self.stdout.write("\n".join(lines(sheet(made))))


def person_with(address, publisher):
    """Raises NotFound, without naming anybody else."""
    person = with_address(publisher, address)
    if person is None:
        raise NotFound(
            _("There is no recipient “%(name)s” of %(publisher)s."),
            name=address,
            publisher=publisher.name,
        )
    return person


def write(path, content):
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error


def lines(sheet):
    """A Sheet as plain text, line by line."""
    yield from (sheet.title, sheet.subtitle)
    for section in sheet.sections:
        for part in (section, *section.parts):
            yield from ("", part.title, "-" * len(part.title))
            for block in part.blocks:
                yield from _lines_of(block)


def _lines_of(block):
    if isinstance(block, Facts):
        yield from _facts(block.rows)
    elif isinstance(block, Table):
        for row in block.rows:
            yield f"{block.caption}: {', '.join(row.cells)}"
            yield from _facts(row.under)
    elif isinstance(block, Quote):
        yield f"{block.title}:"
        yield from (f"    {line}" for line in block.words.split("\n"))
    else:
        yield block.words


def _facts(rows):
    return (f"{fact.label}: {fact.value}" for fact in rows)
