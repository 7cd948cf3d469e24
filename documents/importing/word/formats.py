"""A number as Word prints it in a list."""

from collections.abc import Callable

MAX_LETTERS = 780  # "z" thirty times; Word goes no further
MAX_ROMAN = 4_999

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_ORDINAL_ENDS = {1: "st", 2: "nd", 3: "rd"}


def printed(number: int, format: str) -> str:
    """The number in one of Word's formats; decimal where the format is not known to us."""
    return _FORMATS.get(format, str)(number)


def letters(number: int) -> str:
    """1 is a, 26 z, 27 aa, 28 bb."""
    if not 1 <= number <= MAX_LETTERS:
        return str(number)
    times, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (times + 1)


def roman(number: int) -> str:
    if not 1 <= number <= MAX_ROMAN:
        return str(number)
    text = ""
    for worth, sign in _ROMAN:
        times, number = divmod(number, worth)
        text += sign * times
    return text


def ordinal(number: int) -> str:
    is_teen = number % 100 in range(11, 14)
    return f"{number}{'th' if is_teen else _ORDINAL_ENDS.get(number % 10, 'th')}"


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": letters,
    "upperLetter": lambda number: letters(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "ordinal": ordinal,
    "bullet": lambda _: "",
    "none": lambda _: "",
}
