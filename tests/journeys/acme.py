"""What people at Acme do: write, promise, propose, approve, publish; all by commands."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from .installation import PASSWORD

PARIS = ZoneInfo("Europe/Paris")
PEOPLE = ["ada@example.org", "bo@example.org", "chi@example.net"]
SENDER = "legal@acme.example"
COUNSEL = "Jeanne Martin, counsel"
TEXT = """# Privacy

## 1. Storage

We keep your name for two years.

## 2. Sharing

We share nothing with anyone.

## 3. Changes

We tell you of material changes by e-mail at least 10 days before they take effect.
"""


def of(policy="privacy", by="lena"):
    """The arguments that name one of Acme's policies, and who acts."""
    return ("--publisher", "acme", "--policy", policy, "--by", by)


OURS, HERS = of(by="lena"), of(by="rosa")


def found(acme):
    """Lena administers; Rosa has the role Publisher; three people are to be told."""
    acme.create_user("lena")
    acme.manage(
        *("create_publisher", "acme", "--name", "Acme", "--contact", SENDER),
        *("--time-zone", "Europe/Paris", "--by", "lena"),
    )
    acme.manage("add_recipients", *PEOPLE, "--publisher", "acme", "--by", "lena")
    done = acme.python(f"""
from django.contrib.auth import get_user_model
from documents.models import Team
rosa = get_user_model().objects.create_user("rosa", "rosa@example.org", "{PASSWORD}")
rosa.groups.add(Team.objects.get(publisher__slug="acme", role="publisher").group)
""")
    assert done.returncode == 0, done.stderr


def publish_first(acme):
    """TEXT in force, with the promise that its last clause makes."""
    write(acme, TEXT)
    words = "We tell you of material changes by e-mail at least 10 days before they take effect."
    promise(acme, "--trigger", "material", "--channel", "email", "--days", "10", "--words", words)
    first = acme.report("publish_version", *OURS)
    assert (first["version"], first["state"]) == (1, "effective")


def need_one_person(acme):
    """From now on one person may propose and publish."""
    rule = ("--publisher", "acme", "--two-person-rule", "never", "--by", "lena")
    acme.manage("set_publisher_rules", *rule)


def write(acme, text, policy="privacy", name="text.md"):
    """Import a text into a policy's draft; returns what the command reports."""
    file = acme.folder / name
    file.write_text(text, encoding="utf-8")
    return acme.report("import_policy", file, *of(policy))


def promise(acme, *terms):
    return acme.report("set_promise", *terms, *OURS)


def publish_by_two(acme, *terms):
    """Lena proposes, Rosa approves, Lena publishes."""
    proposal = acme.report("propose_publication", *terms, *OURS)
    assert (proposal["needs a second person"], proposal["approved"]) == (True, False)
    approved = acme.report("approve_proposal", proposal["proposal sha256"], *HERS)
    assert approved["approved"] is True
    return acme.report("publish_version", *OURS)


def standing(acme, *arguments, policy="privacy"):
    """What is in force and announced, or with ``--at`` what was in force."""
    return acme.report("show_policy", *arguments, *of(policy))


def leave(acme, emails):
    """These people are no longer to be told."""
    done = acme.python(f"""
from documents.permissions import user_named
from notifications.actions.leave import leave
from notifications.models import Recipient
for recipient in Recipient.objects.filter(email__in={emails!r}):
    leave(recipient_id=recipient.pk, by=user_named("lena"))
""")
    assert done.returncode == 0, done.stderr


def today(acme) -> date:
    """The legal day that Acme's clock shows."""
    return (datetime.now(UTC) + timedelta(seconds=acme.offset)).astimezone(PARIS).date()


def in_days(acme, days):
    """The legal day so many days on, as commands take it."""
    return (today(acme) + timedelta(days=days)).isoformat()


def begin_of(day):
    """The first instant of a legal day, as commands report it."""
    return datetime.fromisoformat(day).replace(tzinfo=PARIS).astimezone(UTC).isoformat()


def notices(acme):
    """The mails that went out in Acme's name; not those of the software to the team."""
    return [message for message in acme.mail.messages if SENDER in message["From"]]


def addressees(acme):
    """To whom notices went, in order; somebody twice stands there twice."""
    return sorted(str(message["To"]) for message in notices(acme))


def subjects(acme):
    return {str(message["Subject"]) for message in notices(acme)}


def words_of(message):
    return " ".join(message.get_body(("plain",)).get_content().split())
