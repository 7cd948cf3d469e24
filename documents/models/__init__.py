"""Rows and what each guards about itself. Rules that span rows live in actions."""

from .actors import Actor
from .approvals import Approval, Motion, SignOff
from .clauses import Clause, ClauseText
from .decisions import SignificanceDecision
from .entries import Chain, Entry, TimeStamp
from .frozen import FrozenModel
from .imports import ImportedFile
from .pages import HomePage, PublisherPage
from .policies import Policy
from .promises import PromiseSetting
from .publications import Publication
from .publishers import Publisher, Role, Team
from .removals import Removal, SealedText
from .versions import Place, Version

__all__ = [
    "Actor",
    "Approval",
    "Chain",
    "Clause",
    "ClauseText",
    "Entry",
    "FrozenModel",
    "HomePage",
    "ImportedFile",
    "Motion",
    "Place",
    "Policy",
    "PromiseSetting",
    "Publication",
    "Publisher",
    "PublisherPage",
    "Removal",
    "Role",
    "SealedText",
    "SignOff",
    "SignificanceDecision",
    "Team",
    "TimeStamp",
    "Version",
]
