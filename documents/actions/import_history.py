"""Import the texts that a policy had before it came here, each as a Version recorded later.

Each text is one transaction, so that a run may end anywhere and the next one
goes on. The first entry binds them all: no later run can add, drop or change one.
"""

from dataclasses import dataclass
from itertools import accumulate

from django.db import transaction
from django.utils.translation import gettext as _

from documents import queries
from documents.actions.create_policy import create_policy
from documents.actions.editing import lock_policy
from documents.actions.record_version import NEW, Place, record_version
from documents.actions.requirements import require_promise_in_text
from documents.actions.restore_version import set_draft
from documents.errors import Refused
from documents.models import Policy
from documents.permissions import require


@dataclass(frozen=True)
class Import:
    """One folder for one policy. texts: PastTexts, oldest first, as read_history has them.

    slug: of the policy, which may be new. doubtful: as record_version takes it.
    """

    publisher: object
    slug: str
    texts: list
    doubtful: str = NEW

    @property
    def manifest(self):
        """What binds every run: each file's date and bytes, and how doubt is decided."""
        files = [[text.on.isoformat(), text.sha256] for text in self.texts]
        return {"files": files, "doubtful": self.doubtful}

    @property
    def titles(self):
        """Each text's own title; one without keeps the one before. The slug, if there is none."""
        named = accumulate((text.title for text in self.texts), lambda old, new: new or old)
        return [title or self.slug for title in named]

    @property
    def policy(self):
        return Policy.objects.filter(publisher=self.publisher, slug=self.slug).first()


def import_history(history, *, by, tell=lambda text, version: None):
    """Record what is not recorded yet. Returns the Policy, and how many versions this run made.

    tell: called after each text with it and its Version, or None if it was skipped.
    """
    require_importable(history, by=by)
    policy, titles, made = named_policy(history, by), history.titles, 0
    for number, text in enumerate(history.texts, 1):
        if number <= recorded_until(policy):
            continue
        place = Place(number, titles[number - 1], history.manifest if number == 1 else None)
        version = record_version(
            policy=policy, text=text, place=place, doubtful=history.doubtful, by=by
        )
        made += version is not None
        tell(text, version)
    fill_draft(policy, by)
    return policy, made


def require_importable(history, *, by):
    """Raises NotAllowed or Refused. Changes nothing."""
    require(by, "publish", history.publisher)
    policy = history.policy
    if policy is None:
        return
    require_no_own_version(policy)
    begun = queries.recorded_entries(policy).first()
    if begun:
        require_same(history, begun.payload["history"])
    else:
        require_empty_draft(policy)


def require_no_own_version(policy):
    if policy.versions.filter(publication__given_on__isnull=True).exists():
        raise Refused(
            _(
                "“%(policy)s” has a version that was published here. A history goes before the "
                "first of these: import it as a policy with another name."
            ),
            policy=policy.slug,
        )


def require_empty_draft(policy):
    draft = policy.draft()
    if draft.clauses.count():
        raise Refused(
            _(
                "The draft of “%(policy)s” has clauses already. Remove them or choose another "
                "name; import the history first, and the current text after it."
            ),
            policy=policy.slug,
        )
    require_promise_in_text(draft)


def require_same(history, begun):
    """A run that goes on has the very files that the first one had, and decides doubt alike."""
    now, names = history.manifest, [text.name for text in history.texts]
    for number, (file, was) in enumerate(zip(now["files"], begun["files"], strict=False)):
        if file != was:
            raise Refused(
                _(
                    "%(name)s is not the file that stood at place %(number)s when this import "
                    "began. Put back the folder as it was; what changed since then is published "
                    "as a version, so that people are told."
                ),
                name=names[number],
                number=number + 1,
            )
    if len(now["files"]) != len(begun["files"]):
        raise Refused(
            _(
                "The folder holds %(count)s files, and held %(was)s when this import began. Put "
                "it back as it was; a later text is published as a version, so that people are "
                "told."
            ),
            count=len(now["files"]),
            was=len(begun["files"]),
        )
    if now["doubtful"] != begun["doubtful"]:
        raise Refused(
            _("This import began with --doubtful %(was)s. Go on with the same."),
            was=begun["doubtful"],
        )


@transaction.atomic
def named_policy(history, by):
    """The Policy, with the title of its last text; made if it is new."""
    policy, title = history.policy, history.titles[-1]
    if policy is None:
        return create_policy(publisher=history.publisher, slug=history.slug, title=title, by=by)
    policy = lock_policy(policy.pk)
    draft = policy.draft()
    if not policy.is_announced and {policy.title, draft.title} != {title}:
        draft.title = policy.title = title
        policy.save(update_fields=["title"])
        draft.save_revision(user=by, log_action="wagtail.edit")
    return policy


def recorded_until(policy):
    """Number of the last file that has a version; 0 for none."""
    last = queries.recorded_entries(policy).last()
    return last.payload["file"]["place"] if last else 0


def fill_draft(policy, by):
    """The last text becomes the draft, unless somebody has begun to write there."""
    if not policy.draft().clauses.count():
        last = queries.history(policy).first()
        set_draft(policy, last.clauses(), by=by, log_action="documents.import")
