"""Who must be told. A rule is stored with its notice and turned into people at fan-out.

Rules, each with what narrows it:

everyone      recipients who joined before the notice: of ``roles`` (those that
              the promise in force names, and those chosen beside them; absent
              in old notices: all), and of ``languages`` or none (absent: all)
told          whom an earlier round of the same publication may have reached
joined_after  those of ``everyone`` whom no round has listed yet, up to the notice
followers     who follows the policy and is not owed the same notice: ``except``
              is the rule of everyone, or null where nobody is told by right
followers_told  followers whom an earlier round may have reached
"""

from django.db.models import Exists, OuterRef, Q

from documents import queries
from documents.promises import AudienceRole, Channel
from legalcms import clock
from notifications.models import AudienceChoice, Delivery, Follow, Recipient, RecipientRole
from notifications.models.deliveries import Outcome
from notifications.models.notices import Kind, Stream

# An attempt that is still open may have reached its recipient as well.
MAY_HAVE_REACHED = (Outcome.ACCEPTED, Outcome.UNKNOWN, Outcome.OPEN)
PROMISED_TO = {
    AudienceRole.ACCOUNT_HOLDERS: RecipientRole.ACCOUNT_HOLDER,
    AudienceRole.END_USERS: RecipientRole.END_USER,
}


def rule_for(publication, kind, stream=Stream.PROMISED):
    """The rule of a notice that is opened now."""
    if stream == Stream.FOLLOWERS:
        if kind == Kind.WITHDRAWAL:
            return {"rule": "followers_told"}
        is_owed = Channel.EMAIL in publication.told_by
        return {"rule": "followers", "except": everyone(publication) if is_owed else None}
    if kind == Kind.WITHDRAWAL:
        return {"rule": "told"}
    rule = everyone(publication)
    return rule | {"rule": "joined_after"} if kind == Kind.TOP_UP else rule


def everyone(publication):
    policy = queries.policy_of(publication)
    presets = publication.proposal.get("presets", [])
    return narrowed(policy, publication.announced_at, presets)


def narrowed(policy, at, presets):
    """The rule for whoever is owed a notice of a change announced at an instant.

    Statutory rules say nothing of roles, so that where one is chosen everyone is told.
    """
    promise = queries.promise_in_force(policy, at)
    choice = AudienceChoice.objects.filter(policy_id=policy.pk).first()
    if promise is None or presets:
        roles = set(RecipientRole)
    else:
        roles = {PROMISED_TO[role] for role in promise.audience}
        roles.update(choice.roles if choice else ())
    rule = {"rule": "everyone", "roles": [role.value for role in RecipientRole if role in roles]}
    return rule | ({"languages": choice.languages} if choice and choice.languages else {})


def people_by(rule, publisher):
    """The people of a publisher whom a rule of everyone names now."""
    people = Recipient.objects.to_be_told(rule.get("roles", RecipientRole))
    if languages := rule.get("languages"):
        people = people.filter(Q(language="") | Q(language__in=languages))
    return people.filter(publisher=publisher)


def for_policy(policy):
    """Everyone who would be told of a change of this policy now."""
    return people_by(narrowed(policy, clock.now(), queries.presets_of(policy)), policy.publisher)


def told_of(publication, stream=Stream.PROMISED):
    """Everyone whom some notice of this publication, in this stream, may have reached."""
    reached = Delivery.objects.filter(
        recipient=OuterRef("pk"),
        notice__publication=publication,
        notice__stream=stream,
        attempts__outcome__in=MAY_HAVE_REACHED,
    )
    if stream == Stream.FOLLOWERS:
        return followers_of(queries.policy_of(publication)).filter(Exists(reached))
    return Recipient.objects.to_be_told().filter(Exists(reached))


def followers_of(policy):
    """Who follows a policy now and can be written to."""
    follows = Follow.objects.active().filter(recipient=OuterRef("pk"), policy_id=policy.pk)
    return Recipient.objects.reachable().filter(
        Exists(follows), publisher=policy.publisher_id, purged_at__isnull=True
    )


def unlisted(publication, rule, at):
    """Whom a rule of everyone names at an instant, and no round of the publication has listed."""
    listed = Delivery.objects.filter(
        recipient=OuterRef("pk"),
        notice__publication=publication,
        notice__stream=Stream.PROMISED,
    )
    people = people_by(rule, publication.publisher)
    return people.filter(~Exists(listed), joined_at__lte=at)


def of_notice(notice):
    """The people of a notice by its stored rule, in the order of their ids."""
    return RULES[notice.audience["rule"]](notice).order_by("pk")


def _everyone(notice):
    people = people_by(notice.audience, notice.publication.publisher)
    return people.filter(joined_at__lte=notice.opened_at)


def _told(notice):
    return told_of(notice.publication, notice.stream)


def _joined_after(notice):
    return unlisted(notice.publication, notice.audience, notice.opened_at)


def _followers(notice):
    """Who is also owed the notice gets that one alone."""
    publication, owed = notice.publication, notice.audience["except"]
    people = followers_of(queries.policy_of(publication)).filter(
        follows__policy__key=publication.proposal["policy"],
        follows__confirmed_at__lte=notice.opened_at,
    )
    if owed is None:
        return people
    told = people_by(owed, publication.publisher).filter(joined_at__lte=notice.opened_at)
    return people.exclude(pk__in=told.values("pk"))


RULES = {
    "everyone": _everyone,
    "told": _told,
    "joined_after": _joined_after,
    "followers": _followers,
    "followers_told": _told,
}


def exclusion(delivery):
    """Why a delivery is not to be sent any more, or an empty text. Asked again at the claim."""
    recipient, notice = delivery.recipient, delivery.notice
    if notice.stream == Stream.PROMISED:
        return recipient.exclusion
    reasons = [reason for reason in recipient.exclusions if reason != "left"]
    follows = recipient.follows.active()
    if not follows.filter(policy__key=notice.publication.proposal["policy"]).exists():
        reasons.append("unfollowed")
    return next(iter(reasons), "")
