"""A publisher's log and what belongs into an evidence folder, as pure data.

One version that is announced, moved to another day, told of twice and cleared.
"""

from datetime import UTC, datetime, timedelta

from documents.evidence import merkle
from documents.evidence.canonical import canonical, digest, plain
from documents.evidence.chain import GENESIS, Link
from documents.evidence.commitment import commitment
from documents.evidence.contents import SUMS, entry_line
from documents.evidence.export import readable, readme
from documents.evidence.reading import Folder

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
POLICY, OTHER = "6f1c", "0b7d"
PUBLICATION = 7
SALT = "00112233445566778899aabbccddeeff"
PEOPLE = ("ada@example.org", "bob@example.org", "eve@example.org", "kim@example.org")


def at(hours):
    return START + timedelta(hours=hours)


def chained(facts):
    """(kind, hour, payload) of each entry → (Link, hash) pairs."""
    links, previous = [], GENESIS
    for seq, (kind, hour, payload) in enumerate(facts, 1):
        link = Link("acme", seq, at(hour), kind, "system", plain(payload), previous)
        links.append((link, link.sha256))
        previous = link.sha256
    return links


def lines_of(links):
    return b"".join(entry_line(link, sha256) + b"\n" for link, sha256 in links)


def clause(n, body):
    words = {"heading": f"Clause {n}", "body": f"<p>{body}</p>"}
    return {
        "key": f"key-{n}",
        "level": 1,
        "number": str(n),
        **words,
        "sha256": digest(words),
        "removed": False,
    }


class Sample:
    """The data of one export. A test changes what it wants to, then asks for ``contents()``."""

    def __init__(self):
        self.clauses = [clause(n, f"Words of clause {n}, with é.") for n in (1, 2, 3)]
        self.proposal = {"policy": POLICY, "summary": "Shorter.", "draft_sha256": "d" * 64}
        self.messages = {
            number: {
                "en": {"subject": f"Notice {number}", "text": "Our terms change.", "html": "<p>"},
                "pt-br": {"subject": f"Aviso {number}", "text": "Termos.", "html": "<p>"},
            }
            for number in (1, 2)
        }
        self.states = {1: ["accepted", "excluded"], 2: ["accepted", "resent", "failed", "excluded"]}
        self.publication = {
            "publication": PUBLICATION,
            "policy": POLICY,
            "number": 2,
            "proposal": self.proposal,
            "proposal_sha256": digest(self.proposal),
            "announced_at": at(4),
            "effective_at": at(99),
            "cleared_at": at(9),
            "held_at": None,
            "withdrawn_at": None,
            "notice_required": True,
            "deadline_at": at(50),
        }
        self.facts = [
            ("publisher.created", 1, {"name": "Acme"}),
            ("promise.set", 2, {"policy": POLICY}),
            ("version.published", 3, {"publication": 6, "policy": OTHER, "number": 2}),
            ("version.published", 4, self.published()),
            ("notice.opened", 4, self.opened(1)),
            ("publication.rescheduled", 5, self.timetable(99)),
            ("notice.opened", 5, self.opened(2)),
            ("notice.settled", 6, self.settled(1, "rescheduled")),
            ("notice.settled", 9, self.settled(2, "settled")),
            ("publication.cleared", 9, {"publication": PUBLICATION, "cleared_at": at(9)}),
            ("promise.set", 11, {"policy": OTHER}),
        ]

    @property
    def record(self):
        places = [[c["key"], c["level"], c["number"], c["sha256"]] for c in self.clauses]
        return {
            "format": 1,
            "publisher": "acme",
            "policy": POLICY,
            "number": 2,
            "title": "Terms",
            "clauses": places,
        }

    def timetable(self, effective):
        return {
            "publication": PUBLICATION,
            "effective_at": at(effective),
            "notice_required": True,
            "deadline_at": at(50),
            "cleared_at": None,
        }

    def published(self):
        return {
            **self.timetable(70),
            "policy": POLICY,
            "number": 2,
            "version_sha256": digest(self.record),
            "proposal_sha256": self.publication["proposal_sha256"],
        }

    def hashes(self, number):
        return {language: digest(words) for language, words in self.messages[number].items()}

    def opened(self, number):
        return {
            "publication": PUBLICATION,
            "round": number,
            "notice_kind": "announcement",
            "audience": {"rule": "all"},
            "messages": self.hashes(number),
        }

    def leaves(self, number):
        return [
            canonical(
                {
                    "publication": PUBLICATION,
                    "round": number,
                    "messages": self.hashes(number),
                    "commitment": commitment(person, SALT),
                    "state": state,
                    "accepted_at": at(5) if state == "accepted" else None,
                }
            )
            for person, state in zip(PEOPLE, self.states[number], strict=False)
        ]

    def settled(self, number, closed):
        return {
            "publication": PUBLICATION,
            "round": number,
            "closed": closed,
            "planned": len(self.states[number]),
            "accepted": self.states[number].count("accepted"),
            "deliveries_root": merkle.root(self.leaves(number)),
        }

    @property
    def links(self):
        return chained(self.facts)

    @property
    def head(self):
        link, sha256 = self.links[-1]
        return link.seq, sha256

    def notice(self, number, opened_at, sealed_at):
        folder = f"notices/{number}"
        facts = self.opened(number) | {"opened_at": opened_at, "sealed_at": sealed_at}
        del facts["messages"]
        found = {f"{folder}/notice.json": readable(facts)}
        for language, words in self.messages[number].items():
            message = {**words, "sha256": digest(words), "removed": False}
            found[f"{folder}/message-{language}.json"] = readable(message)
        if sealed_at:
            found[f"{folder}/deliveries.jsonl"] = b"".join(
                leaf + b"\n" for leaf in self.leaves(number)
            )
        return found

    def contents(self):
        moments = {(kind, payload.get("round")): at(hour) for kind, hour, payload in self.facts}
        found = {
            "README.txt": readme("Acme", "Terms", 2, self.head, "https://acme.example/heads"),
            "version.json": readable({"record": self.record, "sha256": digest(self.record)}),
            "clauses.json": readable(self.clauses),
            "publication.json": readable(self.publication),
            "chain.jsonl": lines_of(self.links),
        }
        for number in self.messages:
            if ("notice.opened", number) in moments:
                sealed_at = moments.get(("notice.settled", number))
                opened_at = moments["notice.opened", number]
                found |= self.notice(number, opened_at, sealed_at)
        return found


def failures(report):
    """Check name → what does not hold."""
    return {check.name: check.detail for check in report.checks if check.result == "FAILED"}


def remade_sums(folder):
    """Write SHA256SUMS anew, as somebody would who changed a file on purpose."""
    (folder / SUMS).unlink(missing_ok=True)
    reading = Folder(folder)
    lines = [f"{reading.sha256(name)}  {name}\n" for name in sorted(reading.names())]
    (folder / SUMS).write_text("".join(lines))
