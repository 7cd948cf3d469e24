"""The order of the files of a history, and what is wrong with it, a sentence for each file.

texts: PastTexts, as reading_history has them.
"""

from itertools import pairwise

from django.utils.translation import gettext as _

from documents import wording


def ordered(texts):
    """By running numbers, if all names begin with one; else by day, and by number within it."""
    if has_running_numbers(texts):
        return sorted(texts, key=lambda text: text.number)
    return sorted(texts, key=lambda text: (text.on, text.number or 0))


def has_running_numbers(texts):
    numbers = {text.number for text in texts}
    return None not in numbers and len(numbers) == len(texts)


def undated(texts):
    for text in texts:
        if text.on is None:
            yield _(
                "%(name)s: no date was found, neither in its name nor in its text. Put the day "
                "from which it applied into its name, such as 2018-05-14_%(name)s."
            ) % {"name": text.name}


def not_yet(texts, today):
    for text in texts:
        if text.on > today:
            yield _(
                "%(name)s: %(day)s has not come yet. Take it out of the folder, and publish it as "
                "a version once the history is imported: people are told of it then."
            ) % {"name": text.name, "day": wording.day(text.on)}


def out_of_order(texts):
    """texts: as ordered() has them."""
    for before, text in pairwise(texts):
        names = {
            "name": text.name,
            "before": before.name,
            "day": wording.day(text.on),
            "day_before": wording.day(before.on),
        }
        if text.on < before.on:
            yield (
                _(
                    "%(name)s: by its number it comes after %(before)s, by its date (%(day)s, "
                    "%(day_before)s) before it. Correct the number or the date in its name."
                )
                % names
            )
        elif text.on == before.on and is_tied(before, text):
            yield (
                _(
                    "%(name)s: it is of %(day)s, as %(before)s is. Let both names begin with a "
                    "number that tells which came first, such as 1_ and 2_."
                )
                % names
            )


def is_tied(one, other):
    return None in (one.number, other.number) or one.number == other.number
