"""What one person did to the draft on one day, in a few sentences.

From Wagtail's page log. It counts edits, not clauses: three edits may be of one
clause, and a clause that moves by three places has moved three times.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

# In the order of a list: what was done to clauses.
CLAUSES = {
    "documents.clause.edit": ngettext_lazy("%(n)s edit", "%(n)s edits", "n"),
    "documents.clause.insert": ngettext_lazy("%(n)s new clause", "%(n)s new clauses", "n"),
    "documents.clause.move": ngettext_lazy("%(n)s move", "%(n)s moves", "n"),
    "documents.clause.remove": ngettext_lazy("%(n)s clause removed", "%(n)s clauses removed", "n"),
}
DRAFT = {
    # Wagtail logs it twice.
    "wagtail.create": gettext_lazy("%(who)s started the policy."),
    "wagtail.edit": ngettext_lazy(
        "%(who)s edited the title, the kind or the contact.",
        "%(who)s edited the title, the kind or the contact %(n)s times.",
        "n",
    ),
    "documents.import": ngettext_lazy(
        "%(who)s imported a file as the draft.",
        "%(who)s imported a file as the draft %(n)s times.",
        "n",
    ),
    "documents.restore": ngettext_lazy(
        "%(who)s made an earlier text the draft again.",
        "%(who)s made an earlier text the draft again %(n)s times.",
        "n",
    ),
    "documents.rebase": ngettext_lazy(
        "The change that was set aside became the draft again, on top of the urgent fix.",
        "The change that was set aside became the draft again %(n)s times, on top of urgent fixes.",
        "n",
    ),
}
ACTIONS = (*DRAFT, *CLAUSES)


def told(done, who):
    """(instant, sentence) of what one person did on one day; one tells all that befell clauses.

    done: action → (how often, when last).
    """
    for action, words in DRAFT.items():
        if action in done:
            n, last = done[action]
            yield last, words % {"who": who, "n": n}
    clauses = {action: done[action] for action in CLAUSES if action in done}
    if clauses:
        counts = [CLAUSES[action] % {"n": n} for action, (n, _last) in clauses.items()]
        words = _("%(who)s worked on the clauses: %(done)s.")
        last = max(last for _n, last in clauses.values())
        yield last, words % {"who": who, "done": ", ".join(counts)}
