"""How anybody can check that a mail is genuine: its words as they were sent, and its hash."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine

from documents.actions.create_policy import create_policy
from documents.actions.remove_by_order import ask_removal, confirm_removal
from documents.actions.withdraw_publication import withdraw_publication
from documents.errors import InvalidInput
from documents.models import Entry
from documents.public.caching import LONGEST
from legalcms import clock
from notifications.messages import wording_of
from notifications.models import Notice
from tests import factories
from tests.documents.public.pages import Outline, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(announced):
    """The list of notices, the one notice, and its HTML."""
    start = f"/{announced.publisher.slug}/notices/"
    one = f"{start}{announced.publication.pk}-1/"
    return [start, one, f"{one}en/"]


def test_every_notice_is_listed_with_its_subject_hash_and_entry(client, announced, pages):
    message = announced.notice.messages.get()
    entry = Entry.objects.get(kind="notice.opened", publication=announced.publication)
    page = client.get(pages[0])
    for told in (message.subject, message.sha256, f"entry {entry.seq}", entry.sha256):
        assert told in unescape(words(page))
    assert f'href="{pages[1]}"' in page.content.decode()


def test_a_mail_leads_to_its_own_words(client, announced, pages, smtp, settings):
    factories.work()
    text = smtp.messages[0].get_body(("plain",)).get_content().replace("\r\n", "\n")
    address = re.search(r"^http\S+/notices/\S+$", text, re.MULTILINE).group()
    assert address == f"{settings.BASE_URL}{pages[1]}"
    page = unescape(client.get(pages[1]).content.decode())
    shown = re.search(r"<pre[^>]*>(.*)</pre>", page, re.DOTALL).group(1)
    to = smtp.messages[0]["To"]
    assert shown.split() == text.replace(to, "[your address]").split()


def test_nobodys_data_and_no_slot_is_shown(client, announced, pages, smtp):
    factories.work()
    for page in pages:
        shown = client.get(page).content.decode()
        assert not any(email in shown for email in announced.emails)
        assert announced.notice.messages.get().slot_token not in shown
    assert all("[your address]" in client.get(page).content.decode() for page in pages[1:])


def test_the_pages_are_not_indexed_need_no_script_and_are_well_formed(client, pages):
    for page in pages[:2]:
        outline = Outline(client.get(page))
        assert ("meta", {"name": "robots", "content": "noindex"}) in outline.elements
        assert "script" not in outline.tags("script")
    assert client.get(pages[2])["X-Robots-Tag"] == "noindex"


def test_the_html_of_a_mail_can_do_nothing_on_our_site(client, pages):
    policy = client.get(pages[2])["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox allow-popups" in policy
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy


def test_the_pages_are_kept_no_longer_than_until_the_next_effect(client, announced, pages):
    with time_machine.travel(announced.publication.effective_at - timedelta(seconds=30)):
        for page in pages[:2]:
            response = client.get(page)
            assert response["ETag"]
            assert int(response["Cache-Control"].split("max-age=")[1].split(",")[0]) <= 30
    assert f"max-age={LONGEST}" in client.get(pages[0])["Cache-Control"]


def test_what_is_another_publishers_or_not_there_is_not_found(client, announced, pages):
    other = factories.publisher(announced.admin)
    assert client.get(f"/{other.slug}/notices/").status_code == 404
    one = pages[1].removeprefix(f"/{announced.publisher.slug}/")
    for path in (f"/{other.slug}/{one}", f"{pages[0]}{announced.publication.pk}-2/"):
        assert client.get(path).status_code == 404
    assert client.get(f"{pages[1]}xx/").status_code == 404


def test_a_message_whose_words_were_removed_by_order_says_so(client, announced, pages):
    withdraw_publication(publication_id=announced.publication.pk, reason="x", by=announced.admin)
    key = announced.policy.draft().ordered_clauses()[0].key
    motion = ask_removal(
        policy=announced.policy,
        key=key,
        order="Court 1/26",
        reason="It names somebody.",
        destroy=False,
        by=announced.admin,
    )
    confirm_removal(motion_id=motion.pk, by=factories.admin())
    message = announced.notice.messages.get()
    assert wording_of(message).sha256 != message.sha256
    page = words(client.get(pages[1]))
    assert "Words of this message were removed by order." in page
    assert "Court 1/26" in page
    assert "ten years" not in page


def test_a_long_list_goes_on_on_another_page(client, announced, pages):
    for number in range(2, 60):
        Notice.objects.create(
            publication=announced.publication, round=number, audience={}, opened_at=clock.now()
        )
    assert "Older notices" in words(client.get(pages[0]))
    assert "Newer notices" in words(client.get(f"{pages[0]}?page=2"))


def test_no_policy_takes_the_address_of_the_notices(announced):
    with pytest.raises(InvalidInput, match="used by the site itself"):
        create_policy(
            publisher=announced.publisher, slug="notices", title="Notices", by=announced.admin
        )
