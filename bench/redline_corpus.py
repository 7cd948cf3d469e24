"""The texts that are compared: real histories, and what we write ourselves.

Every version in ../shared/histories is a Markdown file; of the others each is
built anew from a fixed seed, so a process of its own can build it by name and
nothing of its making stays in the memory of another.
"""

from dataclasses import dataclass
from functools import partial
from html import escape
from itertools import pairwise
from pathlib import Path

from bench.redline_writer import Writer
from documents.comparison import ClauseState

HISTORIES = Path(__file__).resolve().parents[2] / "shared" / "histories"
CLAUSE_WORDS = 100
EDITED, MOVED, REMOVED, ADDED = 0.05, 0.02, 0.02, 0.02  # shares of the clauses


@dataclass(frozen=True)
class Pair:
    """Two texts to compare, one clause on each line."""

    name: str
    old: str
    new: str


def clauses_of(text):
    """One clause without a key for each line that holds anything; its body is canonical HTML."""
    return [
        ClauseState("", level=1, number="", heading="", body=f"<p>{escape(line, quote=False)}</p>")
        for line in text.split("\n")
        if line.strip()
    ]


def histories():
    """The texts of each document by the name of its folder, oldest first; none if it is absent."""
    folders = sorted(path for path in HISTORIES.glob("*") if path.is_dir())
    return {
        folder.name: [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))]
        for folder in folders
    }


def consecutive_pairs(documents):
    """Each version with the next one."""
    return [
        Pair(f"{name} {number}-{number + 1}", old, new)
        for name, texts in documents.items()
        for number, (old, new) in enumerate(pairwise(texts), 1)
    ]


def distant_pairs(documents):
    """The first version of each document with its last, and with the one in the middle."""
    return [
        Pair(f"{name} 1-{number}", texts[0], texts[number - 1])
        for name, texts in documents.items()
        for number in (len(texts) // 2, len(texts))
    ]


def synthetic(clauses, words=CLAUSE_WORDS, is_every_edited=False):
    """A long text and its next version.

    clauses, words: how many there are in the old text, and in each clause.
    is_every_edited: edits every clause that stays, not only EDITED of them.
    """
    writer = Writer(seed=clauses)
    old = [writer.clause(words) for _ in range(clauses)]
    fates = writer.chance.sample(range(clauses), clauses)
    edited, moved, removed = _dealt(fates, EDITED, MOVED, REMOVED)
    edited = range(clauses) if is_every_edited else edited
    texts = {at: writer.edited(old[at]) if at in edited else old[at] for at in range(clauses)}
    new = [texts[at] for at in range(clauses) if at not in moved and at not in removed]
    for text in [texts[at] for at in sorted(moved)] + _clauses(writer, ADDED * clauses, words):
        new.insert(writer.chance.randrange(len(new) + 1), text)
    return "\n".join(old), "\n".join(new)


def _clauses(writer, count, words):
    return [writer.clause(words) for _ in range(round(count))]


def _dealt(fates, *shares):
    """For each share a set with so much of what is dealt, none in two of them."""
    hands, start = [], 0
    for share in shares:
        end = start + round(share * len(fates))
        hands.append(set(fates[start:end]))
        start = end
    return hands


def unlike(size, lines):
    """Two texts of `size` characters that share nothing but their vocabulary."""
    writer = Writer(seed=size + lines)
    old, new = ("\n".join(writer.line(size // lines) for _ in range(lines)) for _ in range(2))
    return old, new


def one_clause(size):
    """A single line of `size` characters, and the same with an edit in each hundredth of it."""
    writer = Writer(seed=size)
    parts = [writer.line(size // 100) for _ in range(100)]
    return " ".join(parts), " ".join(map(writer.edited, parts))


def repeated(count):
    """The same line over and over, and one fewer: nothing tells which is gone."""
    line = Writer(seed=count).clause(10)
    return "\n".join([line] * count), "\n".join([line] * (count - 1))


def white_space(size):
    """Lines of spaces of all kinds, some of them invisible, in two orders."""
    spaces = " \t\u00a0\u2003\u200b\u3000\ufeff"
    old = "\n".join(spaces[at % 7 :] + spaces[: at % 7] for at in range(size // 8))
    return old, old[::-1]


def mixed_scripts(size):
    """Lines in many scripts, signs of markup and combining characters among them."""
    words = (
        "law закон قانون חוק 法律 条款 नियम กฎหมาย νόμος o\u0301 👩‍⚖️ <b> &amp; ]]> 1.5 2026-11-25"
    )
    writer = Writer(seed=size)
    words = words.split(" ")
    lines = [" ".join(writer.chance.choices(words, k=20)) for _ in range(size // 100)]
    return "\n".join(lines), "\n".join(map(writer.edited, lines))


SYNTHETIC = "1,000 clauses"
EVERY_EDITED = "1,000 clauses, every one edited"
GROWTH = {clauses: f"{clauses:,} clauses" for clauses in (100, 1_000, 10_000)}
HOSTILE = {
    "unlike texts of 200 kB, in clauses": partial(unlike, 200_000, 400),
    "unlike texts of 200 kB, one clause each": partial(unlike, 200_000, 1),
    "a clause of 5 MB, edited": partial(one_clause, 5_000_000),
    "50,000 clauses": partial(synthetic, 50_000, 10),
    "50,000 equal clauses, one removed": partial(repeated, 50_000),
    "white space only, 200 kB": partial(white_space, 200_000),
    "mixed scripts, 200 kB, every line edited": partial(mixed_scripts, 200_000),
}
WRITTEN = (
    {name: partial(synthetic, clauses) for clauses, name in GROWTH.items()}
    | {EVERY_EDITED: partial(synthetic, 1_000, is_every_edited=True)}
    | HOSTILE
)


def named(name):
    """The pair of WRITTEN, or the real one, that is called so."""
    if name in WRITTEN:
        return Pair(name, *WRITTEN[name]())
    documents = histories()
    pairs = consecutive_pairs(documents) + distant_pairs(documents)
    return next(pair for pair in pairs if pair.name == name)
