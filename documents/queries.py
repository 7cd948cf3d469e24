"""Reads that more than one place needs. Which version is in force is decided here alone.

All take ``at``, an aware instant; what they answer for a past instant never changes.
"""

from bisect import bisect, insort
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Q
from django.utils.translation import gettext as _

from documents import judging
from documents.comparison import compare
from documents.errors import NotFound
from documents.models import Entry, Place, Policy, PromiseSetting, Publication, Publisher, Version
from documents.models.clauses import text_sha256
from documents.models.publications import State
from documents.permissions import known
from documents.promises import demands_on, preset
from documents.signals import audience_counted, clearance_counted


@dataclass(frozen=True)
class Standing:
    """Where a Version stands at an instant.

    state: its publication's State; for what has taken effect "in_force" or
    "superseded". before: its predecessor, as `predecessor` has it. after: the
    Version that has replaced it.
    """

    version: Version
    state: str
    before: Version | None = None
    after: Version | None = None


def in_force(policy, at):
    """The Version of a policy that is in force at an instant, or None before the first."""
    # From the publications' side: their index gives the last one first, however many there are.
    effective = Publication.objects.cleared().filter(
        publisher=policy.publisher_id, effective_at__lte=at, versions__policy=policy
    )
    last = effective.order_by("-effective_at", "-versions__number").values("versions")[:1]
    found = Version.objects.filter(pk=last).select_related("publication").order_by()
    version = next(iter(found), None)
    if version is not None:
        version.policy = policy
    return version


def pending(policy, at):
    """The Version announced and not yet in force, held ones included, or None."""
    return (
        Version.objects.filter(
            policy=policy,
            publication__announced_at__isnull=False,
            publication__withdrawn_at__isnull=True,
        )
        .filter(Q(publication__cleared_at__isnull=True) | Q(publication__effective_at__gt=at))
        .select_related("publication", "policy__publisher")
        .order_by("number")
        .last()
    )


def history(policy):
    """All announced Versions, newest first."""
    return policy.versions.select_related("publication").order_by("-number")


def standings(policy, at):
    """Where every announced Version stands, newest first: one query for any history.

    Says of each what `in_force` and `predecessor` say; a text's outline is left
    in the database until it is asked for.
    """
    versions = list(history(policy).defer("outline"))
    effective = sorted(filter(_is_cleared, versions), key=_effect)
    effective = [version for version in effective if version.publication.effective_at <= at]
    before, after = _predecessors(versions), dict(pairwise(effective))
    return [
        Standing(version, _state(version, effective, at), before[version], after.get(version))
        for version in versions
    ]


def _state(version, effective, at):
    state = version.publication.state(at)
    if state != State.EFFECTIVE:
        return state.value
    return "in_force" if version == effective[-1] else "superseded"


def _predecessors(versions):
    """Version → its predecessor: among the lower numbers the last to take effect by then."""
    cleared, found = [], {}
    for version in sorted(versions, key=lambda version: version.number):
        reach = bisect(cleared, _effect(version), key=_effect)
        found[version] = cleared[reach - 1] if reach else None
        if _is_cleared(version):
            insort(cleared, version, key=_effect)
    return found


def _effect(version):
    return version.publication.effective_at, version.number


def _is_cleared(version):
    return version.publication.cleared_at is not None and version.publication.withdrawn_at is None


def promise_in_force(policy, at):
    """The promise that judges a change made at an instant; None while nothing is in force."""
    version = in_force(policy, at)
    return version.promise if version else None


def demands(policy, significance, at, presets, ground=None):
    """What a change of a policy announced at an instant must keep: promises.Demands.

    presets: ids of the statutory rules chosen; ground: the exception claimed.
    """
    rules = [rule for each in presets if (rule := preset(each).rule)]
    return demands_on(promise_in_force(policy, at), rules, significance, ground)


def presets_of(policy):
    """Ids of the statutory rules that the team has chosen for a policy."""
    setting = PromiseSetting.objects.filter(policy_id=policy.pk).first()
    return setting.presets if setting else []


def cited_clauses_edited(draft):
    """The clauses of a draft that its recorded promise cites and that changed since its review."""
    setting = PromiseSetting.objects.filter(policy_id=draft.pk).first()
    cited = setting.cited if setting else {}
    return [
        clause
        for clause in draft.ordered_clauses()
        if (seen := cited.get(str(clause.key))) and seen != text_sha256(clause.heading, clause.body)
    ]


def proposals(policy):
    """Publications of a policy that are proposed and not announced: one, or none."""
    return Publication.objects.proposed().filter(
        publisher_id=policy.publisher_id, proposal__policy=str(policy.key)
    )


def approved_proposal(policy):
    """The open proposal of a policy if somebody has approved it as it stands, else None."""
    proposal = proposals(policy).first()
    if proposal is None:
        return None
    approvals = proposal.approvals.filter(proposal_sha256=proposal.proposal_sha256)
    return proposal if approvals.exclude(approved_by=proposal.proposed_by).exists() else None


def policy_of(publication):
    """The Policy that a publication, announced or not, is about."""
    return Policy.objects.select_related("publisher").get(key=publication.proposal["policy"])


def clearance_evidence(publication):
    """What whoever tells people has counted; None if nothing is installed to tell them."""
    counted = clearance_counted.send(Publication, publication=publication)
    return next((evidence for _receiver, evidence in counted), None)


def predecessor(version):
    """The Version in force just before this one's effect: what its notice compares with."""
    publication = version.publication
    return (
        Version.objects.filter(
            policy_id=version.policy_id,
            number__lt=version.number,
            publication__cleared_at__isnull=False,
            publication__withdrawn_at__isnull=True,
            publication__effective_at__lte=publication.effective_at,
        )
        .select_related("publication")
        .order_by("-publication__effective_at", "-number")
        .first()
    )


def redline(old, new):
    """The Redline between two Versions; ``old`` may be None, for a first text."""
    return compare(old.clauses() if old else (), new.clauses())


def draft_redline(draft, at):
    """The Redline of a draft (see Policy.draft) against its policy's text in force."""
    version = in_force(draft, at)
    return compare(version.clauses() if version else (), draft.states())


def judged_changes(draft, at):
    """The Judgements of all that a draft changes of the text in force."""
    return judging.judgements(draft, draft_redline(draft, at), in_force(draft, at), draft)


def proposed_significance(draft, redline, at):
    """The least that a draft's changes are: as proposed, or as people have decided.

    redline: the draft's draft_redline.
    """
    return judging.highest(judging.judgements(draft, redline, in_force(draft, at), draft))


def clause_history(policy, key):
    """Every state of one clause, oldest first, as Places; the last has no text if removed."""
    return Place.objects.filter(policy=policy, key=key).select_related("text").order_by("since")


def removable_clauses(policy):
    """Each clause of which a version still holds words, as the newest of them has it."""
    places = Place.objects.filter(policy=policy, text__isnull=False, text__removal__isnull=True)
    newest = {place.key: place for place in places.select_related("text").order_by("since", "pk")}
    return [place.state for place in newest.values()]


def audience_size(policy):
    """How many people would be told now; None if nothing is installed to tell them."""
    counts = [count for _receiver, count in audience_counted.send(Policy, policy=policy)]
    return sum(counts) if counts else None


def entry_of(publication):
    """The log entry that announced a publication."""
    return (
        Entry.objects.filter(publication=publication, kind="version.published")
        .order_by("seq")
        .first()
    )


def recorded_entries(policy):
    """The log entries of the versions that were recorded later, oldest first."""
    return Entry.objects.filter(
        kind="version.published",
        publication__given_on__isnull=False,
        publication__versions__policy=policy,
    ).order_by("seq")


def publisher_named(slug):
    """Raises NotFound with the slugs that exist."""
    publisher = Publisher.objects.filter(slug=slug).first()
    if publisher is None:
        slugs = Publisher.objects.values_list("slug", flat=True)
        raise NotFound(what=_("publisher"), name=slug, known=known(slugs))
    return publisher


def policy_named(publisher, slug):
    """Raises NotFound with the slugs of this publisher's policies."""
    policies = Policy.objects.filter(publisher=publisher)
    policy = policies.filter(slug=slug).select_related("publisher").first()
    if policy is None:
        slugs = policies.values_list("slug", flat=True)
        raise NotFound(what=_("policy"), name=slug, known=known(slugs))
    return policy


def version_numbered(policy, number):
    """Raises NotFound with the numbers that exist."""
    version = policy.versions.filter(number=number).select_related("publication").first()
    if version is None:
        numbers = map(str, policy.versions.values_list("number", flat=True))
        raise NotFound(what=_("version"), name=number, known=known(numbers))
    return version
