"""What a document says about itself: its dates, its publisher, its language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .dates import stated_dates
from .languages import language_of
from .outline import LineRange
from .publishers import named_publisher


@dataclass(frozen=True)
class About:
    """metadata: amended_on, effective_on, organisation, language; what is not said is absent.

    origins: where the dates stand.
    """

    metadata: Mapping[str, str]
    origins: Mapping[str, LineRange]


def about_itself(statements: Sequence[tuple[str, LineRange]], texts: Iterable[str]) -> About:
    """statements: paragraphs and headings with their lines; texts: all there is to read."""
    dates = stated_dates(statements)
    said = {
        "organisation": named_publisher(text for text, _ in statements),
        "language": language_of(word for text in texts for word in text.split()),
    }
    return About(
        {kind: day for kind, (day, _) in dates.items()}
        | {name: value for name, value in said.items() if value},
        {kind: lines for kind, (_, lines) in dates.items()},
    )
