"""One line of a page while it is being written: its text, and the same as HTML."""

import re
from html import escape

from ..decoding import decoded_lines
from ..errors import NotText
from .marks import Marks, marked

_SPACES = re.compile(r"[ \t\n\v\f\r]+")


class Paragraph:
    def __init__(self) -> None:
        self._texts: list[str] = []
        self._html: list[str] = []
        self._boldness: set[bool] = set()  # of the texts with words
        self.breaks = 0  # in it, and
        self.ends_with_break = False  # whether the last is at its end

    @property
    def is_bold(self) -> bool:
        return self._boldness == {True}

    def html(self, label: str = "") -> str:
        return f"<p>{escape(label)}{''.join(self._html)}</p>"

    def add(self, text: str, marks: Marks, *, keeps_lines: bool = False) -> None:
        self._texts.append(text)
        if not text or text.isspace():
            self._html.append(text)
            return
        html = escape(text)
        html = html.replace("\n", "<br/>") if keeps_lines else html
        self._html.append(marked(html, marks))
        self._boldness.add("<strong>" in marks)
        self.ends_with_break = False

    def add_break(self) -> None:
        self._texts.append("\n")
        self._html.append("<br/>")
        self.breaks += 1
        self.ends_with_break = True

    def text(self, line: int) -> str:
        """The text on one line, in NFC; empty where nothing can be seen. line: its number.

        Raises NotText.
        """
        text = _SPACES.sub(" ", "".join(self._texts)).strip()
        if not text or text.isascii():
            return text
        try:
            return decoded_lines(text.encode())[0]
        except NotText as error:
            error.data["line"] = line
            raise
