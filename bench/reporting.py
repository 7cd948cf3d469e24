"""How a benchmark reports: a table for people, JSON under DATA/bench for programs."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One measured value. ``against``: the peer's value in the same run, or None.

    target: the bound on ``ratio`` if there is a peer, else on ``value``; None
    where nothing was promised. Lower is better for both, unless is_floor: then
    the target is the least that was promised.
    """

    name: str
    value: float
    unit: str
    against: float | None = None
    target: float | None = None
    is_floor: bool = False

    @property
    def ratio(self):
        return self.value / self.against if self.against else None

    @property
    def met(self):
        if self.target is None:
            return None
        measured = self.value if self.ratio is None else self.ratio
        return measured >= self.target if self.is_floor else measured <= self.target


def report(name, figures):
    """Print the figures and write DATA/bench/NAME.json."""
    table(name, ["", "value", "peer", "ratio", "target", ""], map(_row, figures))
    folder = Path(os.environ.get("DATA", "var")) / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    rows = [asdict(figure) | {"ratio": figure.ratio, "met": figure.met} for figure in figures]
    path = folder / f"{name}.json"
    path.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    print(f"written to {path}")


def _row(figure):
    bound = "≥" if figure.is_floor else "≤"
    return [
        figure.name,
        f"{figure.value:,.3f} {figure.unit}".strip(),
        "" if figure.against is None else f"{figure.against:,.3f}",
        "" if figure.ratio is None else f"{figure.ratio:.3f}",
        "" if figure.target is None else f"{bound} {figure.target:.3f}",
        {True: "kept", False: "MISSED", None: ""}[figure.met],
    ]


def table(title, header, rows):
    """Print rows of strings under a title, the first column to the left, figures to the right."""
    rows = [header, *rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    print(f"\n{title}")
    for name, *figures in rows:
        cells = [figure.rjust(width) for figure, width in zip(figures, widths[1:], strict=True)]
        print("  ".join([name.ljust(widths[0]), *cells]).rstrip(), flush=True)
