"""Rows and what each guards about itself. Rules that span rows live in actions."""

from .actors import Actor
from .clauses import Clause, ClauseText
from .entries import Chain, Entry
from .frozen import FrozenModel
from .pages import HomePage, PublisherPage
from .policies import Policy
from .promises import PromiseSetting
from .publications import Publication
from .publishers import Publisher, Role, Team
from .versions import Place, Version

__all__ = [
    "Actor",
    "Chain",
    "Clause",
    "ClauseText",
    "Entry",
    "FrozenModel",
    "HomePage",
    "Place",
    "Policy",
    "PromiseSetting",
    "Publication",
    "Publisher",
    "PublisherPage",
    "Role",
    "Team",
    "Version",
]
