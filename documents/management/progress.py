"""How far a long command has come: a bar on a terminal, a line now and then elsewhere."""

import time

EVERY = 3  # seconds between lines
WIDTH = 30  # of the bar, in characters


class Progress:
    """stream: stderr of a command. label: what is being worked on; total: of steps, 1 or more."""

    def __init__(self, stream, label, total):
        self.stream, self.label, self.total = stream, label, total
        self.done, self.told_at = 0, time.monotonic()

    def step(self):
        self.done += 1
        if self.stream.isatty():
            self._draw()
        elif self.done == self.total or time.monotonic() - self.told_at >= EVERY:
            self._say(f"{self.label}: {self.done} of {self.total}\n")
            self.told_at = time.monotonic()

    def line(self, text):
        """A line of its own; the bar goes on below it."""
        self._say(f"\r\033[K{text}\n" if self.stream.isatty() else f"{text}\n")

    def close(self):
        """Leave the bar as it stands; what is written next begins a line."""
        if self.stream.isatty() and self.done:
            self._say("\n")

    def _draw(self):
        filled = WIDTH * self.done // self.total
        bar = "#" * filled + "." * (WIDTH - filled)
        self._say(f"\r\033[K[{bar}] {self.done} of {self.total} {self.label}")

    def _say(self, text):
        self.stream.write(text, style_func=str, ending="")
        self.stream.flush()
