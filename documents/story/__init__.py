"""The story of a policy in sentences, from the evidence log and from Wagtail's page log.

telling: what happened, in order. facts: what the sentences name, fetched at
once. words, notices, edits: the sentences, by kind. No HTTP here.
"""

from .telling import Line, first_day, lines_of, story

__all__ = ["Line", "first_day", "lines_of", "story"]
