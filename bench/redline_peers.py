"""Our comparison and its peers, each behind the same three calls.

prepare(pair) makes what compare() takes, and is not measured; compare(prepared)
is; reading(result, pair) says which words stay (redline_measures.Reading), or
None if the result shows another text. Each loads its library when it is made,
so that what is not installed can be left out.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from html import escape, unescape
from itertools import chain, count
from pathlib import Path

from rapidfuzz.distance import Indel

from bench.redline_corpus import clauses_of
from bench.redline_measures import (
    DELETED,
    EQUAL,
    INSERTED,
    WORD,
    Reading,
    in_order,
    kept_words,
    reading_of_pieces,
    words_of,
)
from bench.redline_running import extra_memory, stopwatch
from documents.comparison import EditKind, Outcome, compare

TOKEN = re.compile(rf"{WORD.pattern}|\s+|.", re.DOTALL)
PEAK = """
import os, sys
process = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
print(os.wait4(process, 0)[2].ru_maxrss, file=sys.stderr)
"""  # runs a command, says how many kB it took; small itself, for Linux counts what called exec
SIDES = EditKind.DELETE, EditKind.INSERT
SURROGATES = range(0xD800, 0xE000)  # no character of a text


class Engine:
    """What takes two strings and keeps its memory in this process.

    package: that its version is that of. is_slow: one round is enough. every:
    of the real pairs it takes one in so many, unless all are asked for.
    """

    name = ""
    package = ""
    is_slow = False
    every = 1

    def prepare(self, pair):
        return pair.old, pair.new

    def weighed(self, prepared):
        """(seconds, MB, result): how long it took, and how much memory grew meanwhile at most."""
        memory, (seconds, result) = extra_memory(stopwatch, self.compare, prepared)
        return seconds, memory, result

    def remark(self, _result):
        """What the result says of itself, if anything."""
        return ""


class Ours(Engine):
    """From the two strings: cutting them into clauses is part of the work."""

    name = "ours"
    is_minimal = False

    def compare(self, texts):
        old, new = map(clauses_of, texts)
        return old, new, compare(old, new, minimal=self.is_minimal)

    def reading(self, result, pair):
        old, new, redline = result
        reader = _RedlineReader(old, new)
        for change in redline.changes:
            reader.read(change)
        reader.finish()
        kept = in_order(reader.kept)
        moved = {*reader.moved, *reader.kept}.difference(kept)
        is_exact = _is_exact(old, new, redline)
        return Reading(kept, tuple(moved), is_exact) if reader.fits(pair) else None

    def remark(self, result):
        changes = result[2].changes
        coarse = sum(change.is_coarse for change in changes)
        return f"{coarse:,} of {len(changes):,} changes are coarse" if coarse else ""


class OursMinimal(Ours):
    name = "ours, minimal view"
    is_minimal = True


class OursGiven(Ours):
    """From clauses, for versions hold these already."""

    name = "ours, clauses given"

    def prepare(self, pair):
        return clauses_of(pair.old), clauses_of(pair.new)

    def compare(self, clauses):
        return *clauses, compare(*clauses, minimal=self.is_minimal)


def _is_exact(old, new, redline):
    """Whether every clause of both texts is there once, and every edit rebuilds its two sides."""
    changes = redline.changes
    sides = [
        ([id(change.old) for change in changes if change.old], old),
        ([id(change.new) for change in changes if change.new], new),
    ]
    is_whole = all(sorted(found) == sorted(map(id, given)) for found, given in sides)
    is_ordered = sides[1][0] == [*map(id, new)]
    return is_whole and is_ordered and all(map(_rebuilds, changes))


def _rebuilds(change):
    old = "".join(edit.text for edit in change.edits if edit.kind is not EditKind.INSERT)
    new = "".join(edit.text for edit in change.edits if edit.kind is not EditKind.DELETE)
    return (old, new) == tuple(side.text if side else "" for side in (change.old, change.new))


class _RedlineReader:
    """Collects which words a redline keeps, as indices into all words of both texts.

    Of bodies alone: clauses_of() makes no headings.

    kept: in place. moved: in clauses that moved. Words that only went from one
    clause into another are kept, and count as moved where their order changed: a
    comparison of words does not mark them either.
    """

    kinds = {EditKind.EQUAL: EQUAL, EditKind.DELETE: DELETED, EditKind.INSERT: INSERTED}

    def __init__(self, old, new):
        self.old_words, self.old_starts = self._numbered(old)
        self.new_words, self.new_starts = self._numbered(new)
        self.kept, self.moved = [], []
        self._shared = {}  # moved words by their family, then by the kind of edit

    def _numbered(self, clauses):
        words, starts = [], {}
        for clause in clauses:
            starts[id(clause)] = len(words)
            words += words_of(clause.text).words
        return words, starts

    def fits(self, pair):
        """Whether the clauses hold the words of the texts."""
        both = words_of(pair.old).words, words_of(pair.new).words
        return (self.old_words, self.new_words) == both

    def read(self, change):
        old_start = self.old_starts[id(change.old)] if change.old else 0
        new_start = self.new_starts[id(change.new)] if change.new else 0
        pieces = [(self.kinds[edit.kind], edit.text) for edit in change.body_edits]
        kept = [(old_start + old, new_start + new) for old, new in kept_words(pieces)]
        (self.moved if Outcome.MOVED in change.outcomes else self.kept).extend(kept)
        if any(edit.is_moved for edit in change.body_edits):
            self._read_shared(change, old_start, new_start)

    def _read_shared(self, change, old_start, new_start):
        """Notes what left this clause for another one, or came from one."""
        starts, sides = (old_start, new_start), (change.old, change.new)
        for kind, start, side in zip(SIDES, starts, sides, strict=True):
            if side:
                noted = self._shared.setdefault(_family(change, side), {}).setdefault(kind, [])
                words = _moved_words(change.body_edits, kind)
                noted += [(word, start + at) for at, word in words]

    def finish(self):
        """Keeps what left one clause and came to another, word for word."""
        for noted in self._shared.values():
            left, came = (noted.get(kind, ()) for kind in SIDES)
            words = [[word for word, _ in side] for side in (left, came)]
            for block in Indel.opcodes(*words):
                if block.tag == "equal":
                    for at in range(block.src_end - block.src_start):
                        places = left[block.src_start + at][1], came[block.dest_start + at][1]
                        self.kept.append(places)


def _family(change, side):
    """Names the split or merge of a change by its whole; 0 for all that is in none."""
    if not change.kin:
        return 0
    return id(side if change.old and change.new else change.kin[0])


def _moved_words(edits, kind):
    """(index among the words of its side, word) of each word in a moved edit of that kind."""
    side = [edit for edit in edits if edit.kind in (EditKind.EQUAL, kind)]
    words = words_of("".join(edit.text for edit in side))
    start, found = 0, []
    for edit in side:
        end = start + len(edit.text)
        if edit.is_moved:
            found += [
                (at, word)
                for at, (word, span) in enumerate(zip(words.words, words.spans, strict=True))
                if start <= span[0] and span[1] <= end
            ]
        start = end
    return found


class Git(Engine):
    """`git diff --word-diff` on two files; the start of its process is part of its time."""

    name = "git --word-diff"
    command = ("git", "--no-pager", "diff", "--no-index", "--no-color", "--no-ext-diff")
    kinds = {" ": EQUAL, "-": DELETED, "+": INSERTED}

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory()
        self._numbers = count()
        if subprocess.run(["git", "--version"], capture_output=True, check=False).returncode:
            raise ImportError("git")

    def prepare(self, pair):
        folder = Path(self._folder.name) / str(next(self._numbers))
        folder.mkdir()
        for name, text in (("old", pair.old), ("new", pair.new)):
            (folder / name).write_text(text, encoding="utf-8")
        return folder

    def compare(self, folder):
        self._run(folder, "--word-diff")
        return folder

    def reading(self, folder, pair):
        """From the same comparison in a form for programs, with all that stayed around it."""
        if pair.old == pair.new:
            return reading_of_pieces([(EQUAL, pair.old)], pair.old, pair.new)
        lines = self._run(folder, "--word-diff=porcelain", "-U10000000").split("\n")
        start = next(at for at, line in enumerate(lines) if line.startswith("@@"))
        marked = (line for line in lines[start + 1 :] if line and line[0] in self.kinds)
        pieces = [(self.kinds[line[0]], line[1:] + " ") for line in marked]
        return reading_of_pieces(pieces, pair.old, pair.new)

    def weighed(self, folder):
        """Memory is that of its whole process."""
        seconds, _ = stopwatch(self.compare, folder)
        command = [sys.executable, "-I", "-S", "-c", PEAK, *self._command("--word-diff")]
        ran = subprocess.run(command, cwd=folder, capture_output=True, check=True)
        return seconds, int(ran.stderr) / 1024, folder

    def _run(self, folder, *options):
        ran = subprocess.run(self._command(*options), cwd=folder, capture_output=True, check=False)
        return ran.stdout.decode("utf-8")

    def _command(self, *options):
        return [*self.command, *options, "old", "new"]


class Redlines(Engine):
    name = "redlines"
    package = "redlines"
    is_slow = True

    def __init__(self):
        from redlines import Redlines

        self._engine = Redlines

    def compare(self, texts):
        return self._engine(*texts)

    def reading(self, result, pair):
        told = json.loads(result.output_json())
        pieces = []
        for kind, old_start, old_end, new_start, new_end in result.opcodes:
            old = told["source_tokens"][old_start:old_end]
            new = told["test_tokens"][new_start:new_end]
            if kind == "equal":
                pieces += chain.from_iterable(map(_but_for_space, old, new))
            else:
                pieces += [(DELETED, "".join(old)), (INSERTED, "".join(new))]
        return reading_of_pieces(pieces, pair.old, pair.new)


def _but_for_space(old, new):
    """Pieces of two tokens that are the same but for the white space at their ends."""
    if old == new:
        return [(EQUAL, old)]
    word = old.rstrip()
    return [(EQUAL, word), (DELETED, old[len(word) :]), (INSERTED, new[len(word) :])]


class _WordCodes:
    """Each different token of two texts as one character, for engines that compare characters."""

    def __init__(self, old, new):
        self._tokens = {}
        self.old, self.new = self._coded(old), self._coded(new)
        self._texts = {code: token for token, code in self._tokens.items()}

    def _coded(self, text):
        return "".join(map(self._code, TOKEN.findall(text)))

    def _code(self, token):
        code = self._tokens.get(token)
        if code is None:
            number = len(self._tokens) + 1
            number += len(SURROGATES) if number >= SURROGATES.start else 0
            code = self._tokens[token] = chr(number)
        return code

    def text(self, codes):
        return "".join(map(self._texts.__getitem__, codes))


class DiffMatchPatch(Engine):
    """In word mode and without a time limit, which would make it give up and mark all the rest."""

    name = "diff-match-patch, words"
    package = "diff-match-patch"
    is_slow = True

    def __init__(self):
        from diff_match_patch import diff_match_patch

        self._engine = diff_match_patch()
        self._engine.Diff_Timeout = 0

    def compare(self, texts):
        codes = _WordCodes(*texts)
        steps = self._engine.diff_main(codes.old, codes.new, False)
        kinds = {0: EQUAL, -1: DELETED, 1: INSERTED}
        return [(kinds[kind], codes.text(part)) for kind, part in steps]

    def reading(self, pieces, pair):
        return reading_of_pieces(pieces, pair.old, pair.new)


class FastDiffMatchPatch(DiffMatchPatch):
    name = "fast-diff-match-patch, words"
    package = "fast-diff-match-patch"
    is_slow = False

    def __init__(self):
        from fast_diff_match_patch import diff

        self._diff = diff

    def compare(self, texts):
        codes = _WordCodes(*texts)
        steps = self._diff(
            codes.old, codes.new, timelimit=0, checklines=False, cleanup="No", counts_only=False
        )
        return [(kind, codes.text(part)) for kind, part in steps]


class Difflib(Engine):
    """On words alone: what stands between them is not compared."""

    name = "difflib, words"
    is_slow = True

    def __init__(self):
        from difflib import SequenceMatcher

        self._engine = SequenceMatcher

    def compare(self, texts):
        old, new = map(WORD.findall, texts)
        return self._engine(None, old, new, autojunk=False).get_opcodes()

    def reading(self, steps, _pair):
        kept = []
        for kind, old_start, old_end, new_start, new_end in steps:
            if kind == "equal":
                kept += zip(range(old_start, old_end), range(new_start, new_end), strict=True)
        return Reading(kept)


class Rapidfuzz(Difflib):
    name = "rapidfuzz Indel, words"
    package = "rapidfuzz"
    is_slow = False

    def __init__(self):
        from rapidfuzz.distance import Indel

        self._engine = Indel

    def compare(self, texts):
        old, new = map(WORD.findall, texts)
        return [*map(tuple, self._engine.opcodes(old, new))]


class LxmlDiff(Engine):
    """On HTML with a paragraph for each line."""

    name = "lxml.html.diff"
    package = "lxml"
    is_slow = True
    _mark = re.compile(r"<(/?)(ins|del)\b[^>]*>|<[^>]*>")

    def __init__(self):
        from lxml.html.diff import htmldiff

        self._diff = htmldiff

    def prepare(self, pair):
        return tuple(
            "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())
            for text in (pair.old, pair.new)
        )

    def compare(self, pages):
        return self._diff(*pages)

    def reading(self, page, pair):
        kind, start, pieces = EQUAL, 0, []
        for tag in self._mark.finditer(page):
            pieces.append((kind, unescape(page[start : tag.start()])))
            start = tag.end()
            if tag[2]:
                kind = EQUAL if tag[1] else {"ins": INSERTED, "del": DELETED}[tag[2]]
            elif tag[0] == "</p>":
                pieces.append((kind, "\n"))
        pieces.append((kind, unescape(page[start:])))
        return reading_of_pieces(pieces, pair.old, pair.new)


class Wagtail(Engine):
    """What Wagtail shows between two revisions of a text field."""

    name = "wagtail diff_text"
    package = "wagtail"
    is_slow = True
    every = 16

    def __init__(self):
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legalcms.settings.dev")
        import django

        django.setup()
        from wagtail.admin.compare import diff_text

        self._diff = diff_text

    def compare(self, texts):
        return self._diff(*texts)

    def reading(self, result, pair):
        kinds = {"equal": EQUAL, "deletion": DELETED, "addition": INSERTED}
        pieces = [(kinds[kind], text) for kind, text in result.changes]
        return reading_of_pieces(pieces, pair.old, pair.new)


OURS = (Ours, OursMinimal, OursGiven)
PEERS = (
    Git,
    Rapidfuzz,
    FastDiffMatchPatch,
    LxmlDiff,
    Difflib,
    Redlines,
    DiffMatchPatch,
    Wagtail,
)


def installed_peers():
    """(peers, lines that say which are missing)."""
    peers, missing = [], []
    for kind in PEERS:
        try:
            peers.append(kind())
        except (ImportError, OSError) as reason:
            missing.append(f"skipped: {kind.name} ({reason})")
    return peers, missing


def engine_named(name):
    """Ours or a peer, made anew."""
    return next(kind for kind in OURS + PEERS if kind.name == name)()
