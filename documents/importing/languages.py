"""Tells languages apart by their most common small words, and finds foreign last lines.

A scraped policy often ends with the site's footer in another language. A
detection library was rejected: one paragraph against the rest of the same
file needs no model, and a wrong guess here only asks a person to look.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from .lines import Line
from .outline import Residue

MIN_WORDS = 2  # small words that a language must show
MAX_SHARE = 0.1  # of the text's words; more is a second text, not a remainder

_SMALL_WORDS = {
    "en": "the of and to in is you that for are with your our we this or by may from not be",
    "fr": "le la les des du et à un une pour dans votre vous nous notre que qui sur par est au",
    "de": "der die das und zu den von ist mit für auf nicht ein eine sie wir ihre dem durch",
    "es": "el la los las de y en que un una por con para su sus nuestro se es del al",
    "it": "il lo gli di e che un una per con del della nostro vostro sono nel alla si è",
    "nl": "de het een en van te dat in voor met op zijn wij uw ons niet door aan bij",
    "pt": "o os as de e em que um uma para com seu sua nosso não por do da ao são",
}
_LANGUAGES = {
    word: [language for language, words in _SMALL_WORDS.items() if word in words.split()]
    for words in _SMALL_WORDS.values()
    for word in words.split()
}
_EDGES = ".,;:!?()[]\"'“”«»’"


def language_of(words: Iterable[str]) -> str:
    """A two-letter code, or "" where no language has clearly the most small words."""
    counts = Counter(
        language for word in words for language in _LANGUAGES.get(word.casefold().strip(_EDGES), ())
    )
    (first, most), (_, second) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    return first if most >= MIN_WORDS and most > second else ""


def split_residue(lines: Sequence[Line]) -> tuple[Sequence[Line], tuple[Residue, ...]]:
    """The lines, and apart from them the last ones if they speak another language."""
    words = sum(len(line.text.split()) for line in lines)
    main = language_of(word for line in lines for word in line.text.split())
    at = len(lines)
    while main and at and language_of(lines[at - 1].text.split()) not in {"", main}:
        at -= 1
    foreign = lines[at:]
    if sum(len(line.text.split()) for line in foreign) > MAX_SHARE * words:
        return lines, ()
    return lines[:at], tuple(Residue((line.first, line.last), line.text) for line in foreign)
