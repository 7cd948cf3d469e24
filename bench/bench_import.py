"""Importing: how long it takes, and how well clauses are known again.

The peers of reading are the libraries that parse: each turns the same file into
HTML or a tree and stops, so it does less. The peer of aligning is difflib on the
clauses' texts, which knows no edited clause. The texts that are changed with known
truth are the real ones in ../shared/histories.
"""

import difflib
import io

from bench import import_truth
from bench.import_files import KINDS, written
from bench.redline_corpus import HISTORIES
from bench.redline_running import apart, extra_memory, stopwatch
from bench.reporting import Figure, report, table
from documents.importing.accounting import account
from documents.importing.lints import find
from documents.importing.matching import match, state_of
from documents.importing.reading import read_outline

CLAUSES = 1_000
ROUNDS = 3
EVERY = 4  # of the real versions, one in so many is changed
LIMIT = 300  # seconds for one measurement
MOST_TO_READ, MOST_TO_ALIGN, MOST_MEMORY = 5, 1, 300  # s, s, MB
LEAST_FOUND, LEAST_TOLD = 0.99, 0.9
FOUND, TOLD = {"moved", "renumbered"}, {"split", "merged"}


def main():
    report("import", [*reading(), aligning(), *truth()])


def reading():
    """The whole import of a long file of each kind, up to the list of findings."""
    rows, figures = [], []
    for kind in KINDS:
        memory, (read, accounts, lints) = apart(_weighed, kind, limit=LIMIT)
        peer = _least(_PEERS[kind], written(kind, CLAUSES))
        whole = read + accounts + lints
        rows.append([f".{kind}", *(f"{each:.2f}" for each in (read, accounts, lints, peer))])
        figures += [
            Figure(f".{kind}: read, accounted for, looked through", whole, "s", None, MOST_TO_READ),
            Figure(f".{kind}: extra memory", memory, "MB", None, MOST_MEMORY),
        ]
    header = ["kind", "read (s)", "account (s)", "lints (s)", "peer parses (s)"]
    table(f"files of {CLAUSES:,} clauses and 100,000 words", header, rows)
    return figures


def _weighed(kind):
    return extra_memory(_read, kind, written(kind, CLAUSES))


def _read(kind, data):
    read, outline = stopwatch(read_outline, data, f"a.{kind}")
    if len(outline.clauses) != CLAUSES:
        raise RuntimeError(f"{len(outline.clauses)} clauses were read of {CLAUSES}")
    return read, stopwatch(account, outline)[0], stopwatch(find, outline)[0]


def _parse_text(data):
    return data.decode().split("\n")


def _parse_markdown(data):
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").render(data.decode())


def _parse_page(data):
    from lxml import html

    return html.document_fromstring(data)


def _parse_word(data):
    import mammoth

    return mammoth.convert_to_html(io.BytesIO(data)).value


_PEERS = {
    "txt": _parse_text,
    "md": _parse_markdown,
    "html": _parse_page,
    "docx": _parse_word,
}


def aligning():
    """A long text with its next version, a twentieth of whose clauses are edited."""
    old = read_outline(written("md", CLAUSES), "a.md").clauses
    draw = import_truth.Draw(old, "aligning", 1)
    chosen = draw.chance.sample(range(CLAUSES), CLAUSES // 20)
    edited = {at: draw.edited(old[at].body, 0.1) for at in chosen}
    new = [
        import_truth.replace(clause, body=edited.get(at, clause.body))
        for at, clause in enumerate(old)
    ]
    states = [import_truth.replace(state_of(each), key=str(at)) for at, each in enumerate(old)]
    seconds, texts = (
        _least(match, new, states),
        [[each.body for each in side] for side in (old, new)],
    )
    peer = _least(lambda: difflib.SequenceMatcher(None, *texts, autojunk=False).get_opcodes())
    print(
        f"\naligning {CLAUSES:,} clauses: {seconds:.3f} s; difflib, equal ones only: {peer:.3f} s"
    )
    return Figure(f"aligning {CLAUSES:,} clauses", seconds, "s", None, MOST_TO_ALIGN)


def _least(call, *args):
    return min(stopwatch(call, *args)[0] for _ in range(ROUNDS))


def truth():
    """What is found of changes that we made ourselves in real texts."""
    texts = [
        list(read_outline(path.read_bytes(), path.name).clauses)
        for folder in sorted(path for path in HISTORIES.glob("*") if path.is_dir())
        for path in sorted(folder.glob("*.md"))[::EVERY]
    ]
    if not texts:
        print("\nNo ../shared/histories: nothing to change, so no truth was measured.")
        return []
    scores = {
        kind: sum(
            (import_truth.score(text, kind, seed) for seed, text in enumerate(texts)),
            import_truth.Score(),
        )
        for kind in import_truth.KINDS
    }
    rows = [
        [kind, *(f"{each:,}" for each in vars(score).values())] for kind, score in scores.items()
    ]
    header = ["changed in this way", "clauses", "known again", "asked about", "wrong", "told"]
    table(f"known truth in {len(texts)} real texts", header, rows)
    wrong = sum(score.wrong for score in scores.values())
    return [
        *(
            _share(kind, "known again", scores[kind].found, scores, LEAST_FOUND)
            for kind in sorted(FOUND)
        ),
        *(_share(kind, "told", scores[kind].told, scores, LEAST_TOLD) for kind in sorted(TOLD)),
        Figure("clauses taken for others for certain", wrong, "", None, 0),
    ]


def _share(kind, what, count, scores, least):
    share = count / scores[kind].changed
    return Figure(f"{kind}: {what}", share, "", None, least, is_floor=True)


if __name__ == "__main__":
    main()
