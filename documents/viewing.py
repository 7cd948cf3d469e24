"""How a redline may be seen: the choices of its reader, as links that work without JavaScript."""

from urllib.parse import urlencode

from django.utils.translation import gettext_lazy

from documents.arranging import LEVEL_WORDS
from documents.comparison import Significance

# Each choice with its options, the default first.
OPTIONS = {
    "layout": {"inline": gettext_lazy("Inline"), "sides": gettext_lazy("Side by side")},
    "extent": {"changes": gettext_lazy("Only changes"), "text": gettext_lazy("Whole text")},
    "level": {"all": gettext_lazy("All")}
    | {level.value: words for level, words in LEVEL_WORDS.items()},
}
NAMES = {
    "layout": gettext_lazy("Layout"),
    "extent": gettext_lazy("Extent"),
    "level": gettext_lazy("Significance"),
}


class Viewing:
    """What a query string chooses; the default for what it does not name or names wrongly."""

    def __init__(self, query):
        self.chosen = {
            name: query[name] if query.get(name) in options else next(iter(options))
            for name, options in OPTIONS.items()
        }
        self.others = {name: value for name, value in query.items() if name not in OPTIONS}

    @property
    def has_sides(self):
        return self.chosen["layout"] == "sides"

    @property
    def is_whole(self):
        return self.chosen["extent"] == "text"

    @property
    def level(self):
        """The Significance to which it keeps; None for all."""
        chosen = self.chosen["level"]
        return Significance(chosen) if chosen != "all" else None

    def choices(self, levels):
        """Each choice by name, with its options as (words, query string, whether chosen).

        levels: how many changes have each Significance.
        """
        counts = {"all": levels.total()} | {level.value: levels[level] for level in LEVEL_WORDS}
        return [
            (
                NAMES[name],
                [
                    (
                        f"{words} ({counts[option]})" if name == "level" else words,
                        self._address({name: option}),
                        self.chosen[name] == option,
                    )
                    for option, words in options.items()
                ],
            )
            for name, options in OPTIONS.items()
        ]

    def _address(self, changed):
        """With what differs from the defaults; never empty, so that it replaces another query."""
        usual = {name: next(iter(options)) for name, options in OPTIONS.items()}
        chosen = self.chosen | changed
        asked = {name: value for name, value in chosen.items() if value != usual[name]}
        return "?" + urlencode(self.others | asked)
