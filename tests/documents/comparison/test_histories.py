"""Real policies as they changed over the years: the guarantees hold there too."""

from itertools import pairwise

from documents.comparison import EditKind, compare

from .clauses import clause

SAMPLE = 10  # every tenth pair: all of them take half a minute


def paragraphs(path):
    text = path.read_text(encoding="utf-8")
    return [clause(str(index), part) for index, part in enumerate(text.split("\n\n"))]


def test_real_changes_spell_both_texts(histories):
    pairs = [
        pair
        for folder in sorted(path for path in histories.iterdir() if path.is_dir())
        for pair in pairwise(sorted(folder.iterdir()))
    ]
    assert pairs
    for old, new in pairs[::SAMPLE]:
        for change in compare(paragraphs(old), paragraphs(new)).changes:
            spelled = [
                "".join(edit.text for edit in change.edits if edit.kind is not without)
                for without in (EditKind.INSERT, EditKind.DELETE)
            ]
            assert spelled == [side.text if side else "" for side in (change.old, change.new)]
