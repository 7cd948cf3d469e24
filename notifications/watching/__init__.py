"""Dead-man checks: what should have moved and did not (docs/notices.md).

A check is a function of an instant over a few queries that yields Troubles
(vocabulary). They are listed with their words in one registry; screens, the
health page and alarms read that. Nothing here writes: actions/raise_alarms does.
"""

from .registry import CHECKS, found

__all__ = ["CHECKS", "found"]
