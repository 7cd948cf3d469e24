"""Counting what is checked, and saying how far it has come."""

import time
from collections import Counter

from django.utils.translation import gettext as _

EVERY = 3  # seconds


class Watch:
    """counts: how much passed of what. show: called with one line now and then, if given."""

    def __init__(self, show=None):
        self.counts = Counter()
        self.show = show
        self.shown_at = time.monotonic()

    def over(self, items, what):
        """The items as they are, each counted when it is taken."""
        self.counts[what] += 0
        for item in items:
            self.counts[what] += 1
            self._tell(what)
            yield item

    def _tell(self, what):
        if self.show is None or time.monotonic() - self.shown_at < EVERY:
            return
        self.shown_at = time.monotonic()
        self.show(_("%(what)s: %(count)s so far") % {"what": what, "count": self.counts[what]})
