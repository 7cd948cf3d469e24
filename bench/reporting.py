"""How a benchmark reports: a table for people, JSON under DATA/bench for programs."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One measured value. ``against``: the peer's value in the same run, or None.

    target: the bound on ``ratio`` if there is a peer, else on ``value``; None
    where nothing was promised. Lower is better for both.
    """

    name: str
    value: float
    unit: str
    against: float | None = None
    target: float | None = None

    @property
    def ratio(self):
        return self.value / self.against if self.against else None

    @property
    def met(self):
        if self.target is None:
            return None
        return (self.value if self.ratio is None else self.ratio) <= self.target


def report(name, figures):
    """Print the figures and write DATA/bench/NAME.json."""
    print(f"{name:44} {'value':>12} {'peer':>12} {'ratio':>8} {'target':>8}  met")
    for figure in figures:
        peer = "" if figure.against is None else f"{figure.against:,.2f}"
        ratio = "" if figure.ratio is None else f"{figure.ratio:.3f}"
        target = "" if figure.target is None else f"{figure.target:.3f}"
        met = {True: "yes", False: "NO", None: ""}[figure.met]
        value = f"{figure.value:,.2f} {figure.unit}"
        print(f"{figure.name:44} {value:>12} {peer:>12} {ratio:>8} {target:>8}  {met}")
    folder = Path(os.environ.get("DATA", "var")) / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    rows = [asdict(figure) | {"ratio": figure.ratio, "met": figure.met} for figure in figures]
    path = folder / f"{name}.json"
    path.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    print(f"written to {path}")
