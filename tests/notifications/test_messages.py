"""The wording of a notice: rendered once, stored, and only its slots filled."""

import pytest

from documents.errors import FrozenRecord
from notifications.messages import fill, slot
from notifications.models import NoticeMessage
from tests import factories
from tests.factories import TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def worded():
    """A function: publish this text as a change, and return the stored wording."""

    def publish(text, summary=""):
        admin = factories.admin()
        policy = factories.policy(admin)
        factories.publish(policy, admin)
        factories.recipients(policy.publisher, admin)
        publication = factories.publish(policy, admin, text, summary=summary)
        return publication.notices.get().messages.get()

    return publish


def test_the_hash_is_over_what_is_stored(worded):
    message = worded(TEXT.replace("two", "ten"))
    written = slot("address", message.slot_token)
    assert written in message.text
    assert fill(message, {"address": written}).sha256 == message.sha256


def test_filling_a_slot_escapes_it_where_it_must(worded):
    message = worded(TEXT.replace("two", "ten"))
    filled = fill(message, {"address": "<b>@example.org"})
    assert "<b>@example.org" in filled.text
    assert "&lt;b&gt;@example.org" in filled.html
    assert message.slot_token not in filled.text + filled.html


def test_what_an_editor_writes_like_a_slot_stays_as_written(worded):
    message = worded(TEXT.replace("two", "[[address]] ten"))
    assert "[[address]] ten" in fill(message, {"address": "ada@example.org"}).text


@pytest.mark.parametrize("attack", ["{{ 7*7 }}", "{% load x %}", "{0.__class__}", "$(id)"])
def test_no_template_language_of_an_editor_is_executed(worded, attack):
    message = worded(TEXT.replace("two", f"{attack} ten"), summary=attack)
    assert attack in message.text
    assert "49 ten" not in message.text


def test_markup_in_a_summary_stays_text(worded):
    message = worded(TEXT.replace("two", "ten"), summary="<script>alert(1)</script>")
    assert "<script>" not in message.html
    assert "&lt;script&gt;" in message.html


def test_markup_in_a_title_or_a_name_stays_text():
    admin = factories.admin()
    publisher = factories.publisher(admin, name="Acme <i>")
    policy = factories.policy(admin, of=publisher)
    factories.publish(policy, admin)
    factories.recipients(publisher, admin)
    publication = factories.publish(policy, admin, TEXT.replace("two", "ten"))
    message = publication.notices.get().messages.get()
    assert "<i>" in message.subject
    assert "<i>" not in message.html


def test_a_clause_that_was_only_renumbered_is_named_but_not_repeated(worded):
    added = TEXT.replace("## 2.", "## 2. New\n\nMore.\n\n## 3.").replace("two", "ten")
    message = worded(added)
    assert "Only the number changes: 2 → 3 Changes\n" in message.text
    assert "We tell you of material changes" not in message.text


def test_links_are_those_of_the_configured_site(worded, settings):
    settings.BASE_URL = "https://legal.example.org"
    message = worded(TEXT.replace("two", "ten"))
    assert "https://legal.example.org/acme" in message.text
    assert "testserver" not in message.text + message.html


def test_wording_cannot_be_changed(worded):
    message = worded(TEXT.replace("two", "ten"))
    message.subject = "Something else"
    with pytest.raises(FrozenRecord):
        message.save()
    assert NoticeMessage.objects.get().subject != "Something else"
