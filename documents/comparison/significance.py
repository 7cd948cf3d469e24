"""How much a change seems to matter: a proposal that a person confirms or overrides.

It errs towards material: whatever is not known to be less is material, and
every change of an obligation, a negation, a figure, a party, a right is. The
word lists are English; in other languages every other word is material, but
for figures, contacts, references and form.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from types import MappingProxyType

from documents import markup

from .references import followed
from .telling import CONTACT, DATE_OF_TEXT, FAMILIES, SMALL_WORDS, SPELLINGS
from .telling import TAGS as TAG_PATTERNS
from .vocabulary import (
    ClauseChange,
    ClauseState,
    Edit,
    EditKind,
    Outcome,
    Proposal,
    Reason,
    Significance,
)
from .words import tokens

MATERIAL, MINOR, EDITORIAL = reversed(Significance)

# Code of a reason → the level that it proposes; gravest first.
REASONS: Mapping[str, Significance] = MappingProxyType(
    {
        "details_changed": MATERIAL,
        "clause_added": MATERIAL,
        "clause_removed": MATERIAL,
        **dict.fromkeys(FAMILIES, MATERIAL),
        "name": MATERIAL,
        "words_changed": MATERIAL,
        "capitals": MINOR,
        "contact": MINOR,
        "date_of_text": MINOR,
        "word_form": MINOR,
        "small_words": MINOR,
        "heading_changed": MINOR,
        "heading_added": MINOR,
        "heading_removed": MINOR,
        "link_changed": MINOR,
        "split": MINOR,
        "merged": MINOR,
        "reference_followed": EDITORIAL,
        "spelling": EDITORIAL,
        "punctuation_or_case": EDITORIAL,
        "formatting": EDITORIAL,
        "renumbered": EDITORIAL,
        "moved": EDITORIAL,
    }
)
TAGS: Sequence[str] = tuple(TAG_PATTERNS)
NO_NUMBERS: Mapping[str, str] = MappingProxyType({})

FIGURES = {"amount", "period", "date"}
BINDING = {"negation", "obligation", "number", *FIGURES}  # what makes a heading more than a name
BESIDE = 30  # characters, cut at a space
MAX_QUOTED = 60  # characters of the words that a reason quotes
MAX_WORDS = 4  # that it quotes
SHORT_WORD = 5  # letters; a shorter word has no forms that are told apart like this

_WITHOUT_MEANING = set(".,;:!?'\"‘’‚“”„«»‹›()[]•…—|\u00ad\u200b\u2060\ufeff")
_DASH = re.compile(r"(?<!\d)(?<!\d\s)[-‐‑–](?!\s?\d)")  # beside a number: a range or minus
_ABBREVIATION = re.compile(r"\b[A-Z]{2,}\b")
_NAME = re.compile(r"(?<![.!?:•\n] )(?<![\n•(“\"])(?<!^)\b[A-Z][\w&-]+")


def propose(change: ClauseChange, numbers: Mapping[str, str] = NO_NUMBERS) -> Proposal:
    """The significance of one clause's change, with the reasons, gravest first.

    numbers: the redline's new_numbers, so that a reference which follows its
    target is known.
    """
    found = dict.fromkeys(_reasons(change, numbers))
    reasons = sorted(found, key=lambda reason: [*REASONS].index(reason.code))
    level = max((REASONS[reason.code] for reason in reasons), default=EDITORIAL)
    return Proposal(level, tuple(reasons), tuple(_tags(change)) if level > EDITORIAL else ())


def _reasons(change: ClauseChange, numbers: Mapping[str, str]) -> Iterator[Reason]:
    old, new, outcomes = change.old, change.new, {*change.outcomes}
    for outcome in (Outcome.SPLIT, Outcome.MERGED):
        if outcome in outcomes:
            yield Reason(outcome.value)
    if outcomes & {Outcome.SPLIT, Outcome.MERGED}:
        yield from _of_passages(change)
    elif old is None or new is None:
        yield _of_one_side(change)
    else:
        if outcomes & {Outcome.CHANGED, Outcome.TABLE}:
            yield from _of_words(change, old.body_text, new.body_text, numbers)
        yield from _of_form(old, new, outcomes)


def _of_one_side(change: ClauseChange) -> Reason:
    what = "clause" if change.clause.body_text else "heading"
    return Reason(f"{what}_added" if change.old is None else f"{what}_removed")


def _of_form(old: ClauseState, new: ClauseState, outcomes: set[Outcome]) -> Iterator[Reason]:
    if Outcome.RETITLED in outcomes:
        yield from _of_heading(old.heading, new.heading)
    if _targets(old) != _targets(new):
        yield Reason("link_changed")
    elif Outcome.FORMATTING in outcomes:
        yield Reason("formatting")
    if Outcome.RENUMBERED in outcomes:
        yield Reason("renumbered", old.number, new.number)
    if Outcome.MOVED in outcomes:
        yield Reason("moved")


def _of_heading(old: str, new: str) -> Iterator[Reason]:
    """A heading says what a clause is about, and now and then what must be done."""
    if _meaning(old) == _meaning(new):
        yield from _of_capitals(old, new) or [Reason("punctuation_or_case")]
    else:
        yield from (reason for reason in _telling(old, new) if reason.code in BINDING)
        yield Reason("heading_changed", _short(old), _short(new))


def _of_words(
    change: ClauseChange, old: str, new: str, numbers: Mapping[str, str]
) -> Iterator[Reason]:
    """One reason where the change is known to be small; else all that can be told of it."""
    code = _small_change(old, new, numbers)
    if code is None:
        yield from [*_of_passages(change)] or [Reason("words_changed", *_marked_words(change))]
        return
    capitals = _of_capitals(old, new)
    yield from capitals
    if code == "punctuation_or_case":
        yield from [] if capitals else [Reason(code)]
    else:
        yield Reason(code, *_marked_words(change))


def _small_change(old: str, new: str, numbers: Mapping[str, str]) -> str | None:
    """The code of what alone tells the two texts apart, capitals and punctuation aside."""
    alike: dict[str, Callable[[str], str]] = {
        "punctuation_or_case": lambda text: text,
        "spelling": _spelled,
        "contact": lambda text: CONTACT.sub("@", text),
        "date_of_text": lambda text: DATE_OF_TEXT.sub("", text),
    }
    for code, masked in alike.items():
        if _meaning(masked(old)) == _meaning(masked(new)):
            return code
    if numbers and _meaning(followed(old, numbers)) == _meaning(new):
        return "reference_followed"
    return None


def _of_capitals(old: str, new: str) -> list[Reason]:
    """US and us are two words; Services and services may be a defined term and none."""
    for code, pattern in (("name", _ABBREVIATION), ("capitals", _NAME)):
        before, after = Counter(pattern.findall(old)), Counter(pattern.findall(new))
        if before != after:
            gone, come = (_quoted(side) for side in (before - after, after - before))
            return [Reason(code, gone, come)]
    return []


def _of_passages(change: ClauseChange) -> Iterator[Reason]:
    """Of what was taken out and put in, what was only moved between clauses aside."""
    passages = [*_passages(change)]
    gone, come = _all_of([passage.marked for passage in passages])
    around = _all_of([passage.around for passage in passages])
    if all(_meaning(each.around[0]) == _meaning(each.around[1]) for each in passages):
        yield from _of_capitals(*around)
        return
    told = [*_telling(*around)]
    style = {_style(*passage.around) for passage in passages}
    if not told and None not in style:
        yield from (Reason(code, _short(gone), _short(come)) for code in style if code)
    else:
        yield from told or [Reason("words_changed", _short(gone), _short(come))]


@dataclass(frozen=True, slots=True)
class _Passage:
    """A place where something changed: (taken out, put in), bare and with the words beside it.

    Of "within 30 days" and "within 60 days" only the figures differ, and only
    with the word beside them do they tell of a period.
    """

    marked: tuple[str, str]
    around: tuple[str, str]


def _passages(change: ClauseChange) -> Iterator[_Passage]:
    """What moved between the clauses of a split or merge is no change of words.

    Anywhere else it is: in another clause a sentence may mean another thing.
    """
    before, gone, come = "", "", ""
    for edit in (*change.body_edits, Edit(EditKind.EQUAL, "")):
        is_same = edit.is_moved and bool(change.kin)
        if edit.kind is EditKind.DELETE:
            gone += "" if is_same else edit.text
        elif edit.kind is EditKind.INSERT:
            come += "" if is_same else edit.text
        else:
            if gone or come:
                after = (edit.text + " ")[: BESIDE + 1].rsplit(" ", 1)[0]
                around = before + gone + after, before + come + after
                yield _Passage((gone, come), around)
            gone = come = ""
            before = (" " + edit.text)[-BESIDE - 1 :].split(" ", 1)[-1]


def _all_of(sides: Sequence[tuple[str, str]]) -> tuple[str, str]:
    old, new = (" … ".join(filter(None, (side[at] for side in sides))) for at in (0, 1))
    return old, new


def _telling(gone: str, come: str) -> Iterator[Reason]:
    told: set[str] = set()
    for code, pattern in FAMILIES.items():
        if code == "number" and told & FIGURES:
            continue  # the same figures once more
        if reason := _other_words(code, pattern, _spelled(gone), _spelled(come)):
            told.add(code)
            yield reason
    if reason := _other_words("name", _NAME, gone, come):
        yield reason


def _other_words(code: str, pattern: re.Pattern[str], gone: str, come: str) -> Reason | None:
    """The words of a kind that only one side has."""
    old = Counter(found.casefold().strip() for found in pattern.findall(gone))
    new = Counter(found.casefold().strip() for found in pattern.findall(come))
    return None if old == new else Reason(code, _quoted(old - new), _quoted(new - old))


def _quoted(words: Counter[str]) -> str:
    return ", ".join([*words][:MAX_WORDS])[:MAX_QUOTED]


def _style(gone: str, come: str) -> str | None:
    """The code of a change that is one of style; "" for signs alone, None for any other."""
    old, new = _meaning(_spelled(gone)), _meaning(_spelled(come))
    kept = Counter(old) & Counter(new)
    old_words, new_words = [*(Counter(old) - kept).elements()], [*(Counter(new) - kept).elements()]
    if not old_words and not new_words:
        return "" if old == new else None
    if all(word in SMALL_WORDS for word in (*old_words, *new_words)):
        return "small_words"
    pairs = zip_longest(old_words, new_words, fillvalue="")
    return "word_form" if all(_is_form(*pair) for pair in pairs) else None


def _is_form(old: str, new: str) -> bool:
    """Whether two words are one in the singular and the plural.

    Nothing more is guessed: lessor and lessee, too, are but two letters apart.
    """
    short, long = sorted((old, new), key=len)
    return len(short) >= SHORT_WORD and long in (short + "s", short + "es")


def _meaning(text: str) -> list[str]:
    """What is left without spacing, letter case and punctuation."""
    spaced = _DASH.sub(" ", text)
    return [
        token.casefold()
        for token in tokens(spaced)
        if token not in _WITHOUT_MEANING and not token.isspace()
    ]


def _spelled(text: str) -> str:
    for pattern, spelling in SPELLINGS:
        text = pattern.sub(spelling, text)
    return text


def _marked_words(change: ClauseChange) -> tuple[str, str]:
    old, new = _all_of([passage.marked for passage in _passages(change)])
    return _short(old), _short(new)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= MAX_QUOTED else words[:MAX_QUOTED].rsplit(" ", 1)[0] + " …"


def _targets(clause: ClauseState) -> list[str]:
    return [target for _, target in markup.links(clause.body)] if "<a " in clause.body else []


def _tags(change: ClauseChange) -> Iterator[str]:
    """What the changed words, or the heading, are about."""
    passages = [text for each in _passages(change) for text in each.around]
    text = "\n".join([*passages, change.clause.heading])
    return (tag for tag, pattern in TAG_PATTERNS.items() if pattern.search(text))
