"""Who may do what for a publisher. Decided here once, for screens and commands alike."""

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from documents.errors import NotAllowed, NotFound
from documents.models import Publisher, Role, Team

MAY = {
    "view": set(Role),
    "edit": {Role.EDITOR, Role.REVIEWER, Role.PUBLISHER},
    "approve": {Role.REVIEWER, Role.PUBLISHER},
    "publish": {Role.PUBLISHER},
    "audit": {Role.AUDITOR, Role.PUBLISHER},
    "manage_recipients": {Role.RECIPIENTS},
}


def may(user, act, publisher):
    """Whether an active user may do ``act`` (a key of MAY) for this publisher."""
    if not user.is_active:
        return False
    if user.is_superuser:
        return True
    return Team.objects.filter(publisher=publisher, role__in=MAY[act], group__user=user).exists()


def require(user, act, publisher):
    """Raise NotAllowed unless the user may."""
    if not may(user, act, publisher):
        role = Role.PUBLISHER if Role.PUBLISHER in MAY[act] else sorted(MAY[act])[0]
        raise NotAllowed(user=user.get_username(), publisher=publisher.name, role=Role(role).label)


def publishers_for(user):
    """The publishers whose drafts, recipients and notices this user may see."""
    if not user.is_active:
        return Publisher.objects.none()
    if user.is_superuser:
        return Publisher.objects.all()
    return Publisher.objects.filter(teams__group__user=user).distinct()


def user_named(username):
    """The active user behind ``--by``. Raises NotFound."""
    users = get_user_model().objects.filter(is_active=True)
    try:
        return users.get(username=username)
    except get_user_model().DoesNotExist:
        raise NotFound(
            what=_("user"), name=username, known=known(users.values_list("username", flat=True))
        ) from None


def known(names):
    """A short list of what there is, for a message about what there is not."""
    shown = sorted(names)[:10]
    return ", ".join(shown) or _("none")
