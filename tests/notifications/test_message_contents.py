"""What a mail says: the change alone, what people can do about it, and what is left out."""

import re
import subprocess
from datetime import timedelta
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from django.utils.translation import trans_real
from wagtail.models import Locale

from documents import queries
from documents.actions.create_policy import create_policy
from documents.actions.publish_version import publish_version
from documents.actions.reschedule_publication import reschedule_publication
from documents.actions.set_promise import set_promise
from documents.actions.withdraw_publication import withdraw_publication
from documents.comparison import Significance
from documents.promises import (
    PRESETS,
    Channel,
    Consent,
    ConsentKind,
    Effect,
    Ground,
    Period,
    Promise,
    Timing,
    Trigger,
    When,
)
from legalcms import clock
from notifications.messages.rights import BY_CONTENT, RIGHTS
from notifications.models import NoticeMessage
from notifications.models.notices import Kind
from tests import factories
from tests.factories import MATERIAL_TEXT, READ_IN, TEXT

pytestmark = pytest.mark.django_db

CLIPPED_AT = 102 * 1024  # Gmail
VOID = {"meta", "br"}


def promising(**values):
    return Promise(
        Trigger.MATERIAL, Channel.EMAIL, Timing(When.BEFORE_EFFECT, Period(10)), READ_IN, **values
    )


@pytest.fixture
def admin():
    return factories.admin()


@pytest.fixture
def told(admin):
    """A function: announce a change from one text to another, and return the stored message."""

    def announce(new=MATERIAL_TEXT, old=TEXT, promise=None, presets=(), **values):
        policy = factories.policy(admin, text=old, promise=promise or promising())
        set_promise(policy=policy, promise=promise or promising(), presets=list(presets), by=admin)
        factories.publish(policy, admin)
        factories.recipients(policy.publisher, admin)
        publication = factories.publish(policy, admin, new, **values)
        return publication.notices.get().messages.get()

    return announce


def terms(*clauses):
    """Markdown of clauses, each a heading and its words, numbered from 1."""
    numbered = enumerate(clauses, start=1)
    return "# Terms\n\n" + "".join(f"## {n}. {head}\n\n{body}\n\n" for n, (head, body) in numbered)


class Tags(HTMLParser):
    """The elements in order, each closed where it must be."""

    def __init__(self, html):
        super().__init__()
        self.found, self.open = [], []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


# The change


def test_the_date_is_told_with_its_time_and_zone(told):
    message = told()
    effect = message.notice.publication.effective_at.astimezone(
        message.notice.publication.publisher.zone
    )
    words = f"Takes effect: {effect.day} {effect:%B %Y}, 00:00 (Europe/Paris)"
    assert words in message.text
    assert words in re.sub(r"<[^>]+>", "", message.html)


def test_each_change_is_told_with_its_significance_as_people_judged_it(admin):
    policy = factories.policy(admin)
    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin)
    factories.write(policy, MATERIAL_TEXT, admin)
    factories.judge(policy, Significance.MINOR, admin)
    factories.write(policy, MATERIAL_TEXT.replace("We tell", "You must ask; we tell"), admin)
    publication = factories.publish(policy, admin, judged=False)
    text = publication.notices.get().messages.get().text
    assert "1 What we keep (Minor: text changed)" in text
    assert "2 Changes (Material (estimated): text changed)" in text
    assert "judged by nobody" in text
    assert text.index("2 Changes") < text.index("1 What we keep"), "the weightiest first"


def test_a_moved_and_a_split_clause_are_said_to_be(told):
    kept, sold = "We keep your name and address safe.", "We sell it to nobody, for no price."
    french, paris = "French law applies to it all.", "The courts of Paris decide."
    old = terms(("First", f"{kept} {sold}"), ("Second", french), ("Third", paris))
    new = terms(("First", kept), ("Sale", sold), ("Third", paris), ("Second", french))
    text = told(new, old).text
    assert "split into" in text
    assert "moved" in text


def test_what_stands_outside_the_clauses_is_told_too(admin):
    publisher = factories.publisher(admin, legal_entity="Acme SAS")
    policy = factories.policy(admin, of=publisher)
    factories.publish(policy, admin)
    factories.recipients(publisher, admin)
    policy.publisher.legal_entity = "Acme SE"
    policy.publisher.save()
    publication = factories.publish(policy, admin)
    message = publication.notices.get().messages.get()
    assert "* Legal entity: [-Acme SAS-]{+Acme SE+}" in message.text
    assert re.search(r"<del [^>]*>Acme SAS</del>", message.html)


def test_of_a_change_of_form_alone_no_words_are_repeated(told):
    new = MATERIAL_TEXT.replace("material changes", "*material* changes")
    message = told(new)
    assert "2 Changes (Editorial (estimated): formatting changed)" in message.text
    assert "We tell you of" not in message.text


def test_a_changed_heading_link_and_cell_are_told_one_by_one(told):
    old = (
        TEXT
        + """
## 3. List

See [our list](https://a.example/).

## 4. Cookies

| Name | Kept |
|---|---|
| csrf | a day |
"""
    )
    new = old.replace("3. List", "3. Names").replace("a.example", "b.example")
    text = told(new.replace("a day", "a year"), old).text
    assert "Heading: [-List-]{+Names+}" in text
    assert "Link on “our list”: [-https://a.example/-]{+https://b.example/+}" in text
    assert "csrf · Kept: [-a day-]{+a year+}" in text


def test_unchanged_words_far_from_a_change_give_way_to_a_sign(told):
    long = "word " * 400
    message = told(TEXT.replace("two", f"{long} ten"), TEXT.replace("two", f"{long} two"))
    assert "[…] stands for words that stay as they are." in message.text
    assert message.text.count("word ") < 100
    assert "[-two-]{+ten+}" in message.text


def test_a_change_of_120_clauses_fits_and_says_what_it_leaves_out(told):
    rest = "This sentence stays as it was. " * 20
    old = terms(*((f"Item {n}", f"We keep item {n} for two years. {rest}") for n in range(120)))
    message = told(old.replace("two years", "ten years"), old)
    assert len(message.html.encode()) < 100_000 < CLIPPED_AT
    listed = message.html.count("<h3")
    assert f"{120 - listed} more clauses changed." in message.html
    assert f"{120 - listed} more clauses changed." in message.text
    assert 'compare/1..2/"' in message.html.partition("more clauses changed")[2]


def test_a_clause_too_long_for_a_mail_is_named_and_linked(told):
    new = TEXT + "\n\n## 3. Annex\n\n" + "Every word of it is new and must be read. " * 4000
    message = told(new)
    assert len(message.html.encode()) < 100_000
    assert "3 Annex (Material (estimated): new clause)" in message.text
    assert re.search(r"Too long for this message: http\S+/compare/1\.\.2/#c-", message.text)
    assert "Too long for this message: see “3 Annex”" in message.html


def test_a_summary_too_long_for_a_mail_is_cut_with_a_link(told):
    message = told(summary="Many words here. " * 9000)
    assert len(message.html.encode()) < 100_000
    assert "The whole summary stands with the new text" in message.html
    assert "The whole summary stands with the new text" in message.text


# What people can do


def test_a_promise_of_nothing_else_gives_no_section_of_rights(told):
    assert "What you can do" not in told().text


def test_a_promise_to_hear_objections_says_until_when(told):
    promise = promising(consent=Consent(ConsentKind.DEEMED, Period(14)))
    message = told(promise=promise)
    day = (clock.now() + timedelta(days=14)).astimezone(message.notice.publication.publisher.zone)
    words = f"You may object within 14 days of this message: until {day.day} {day:%B %Y} at least."
    assert words in message.text
    assert words in message.html


def test_without_a_period_objections_end_with_the_effect(told):
    message = told(promise=promising(consent=Consent(ConsentKind.DEEMED)))
    assert "You may object until it takes effect: until " in message.text


def test_explicit_consent_leaves_no_room_for_silence(told):
    message = told(promise=promising(consent=Consent(ConsentKind.EXPLICIT)), presets=["eu-psd2-54"])
    assert "applies to you only once you agree to it" in message.text
    assert "counts as acceptance" not in message.text


@pytest.mark.parametrize(
    ("preset", "words"),
    [
        ("eu-p2b-3-2", "You may end your contract before "),
        ("eu-eecc-105-4", "You may end your contract within 1 month of receiving"),
        ("de-tkg-57", "You may end your contract within 3 months of receiving"),
        ("fr-conso-l224-33", "You may end your contract for 4 months. It costs you nothing."),
        ("uk-ofcom-c1", "You may end your contract. There is no penalty."),
        ("eu-psd2-54", "If you do not reject the change before it takes effect"),
        ("ie-psr-78", "You may reject the change before "),
        ("eu-dcd-19", "within 30 days of receiving this message, or of the change if"),
        ("de-bgb-327r", "within 30 days of receiving this message, or of the change if"),
        ("us-reg-z", "You may reject the change before "),
        ("ca-qc-11-2", "You may reject the change until "),
        ("br-lgpd", "You may withdraw consent that you have given."),
        ("us-coppa", "The change applies to you only once you agree to it."),
    ],
)
def test_a_statutory_rule_gives_its_own_rights_and_names_itself(told, preset, words):
    message = told(presets=[preset])
    assert words in message.text
    if preset != "us-coppa":
        assert f"({PRESETS[preset].law})" in message.text
    assert "Write to legal@acme.example." in message.text


def test_every_rule_that_gives_a_right_to_end_or_reject_has_its_sentence():
    giving = {each.id for each in PRESETS.values() if set(each.content) & set(BY_CONTENT)}
    assert giving <= set(RIGHTS)
    assert set(RIGHTS) <= set(PRESETS)


def test_a_rule_from_which_the_change_is_excepted_gives_nothing(admin):
    policy = factories.policy(admin)
    set_promise(policy=policy, promise=promising(), presets=["eu-eecc-105-4"], by=admin)
    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin)
    factories.write(policy, MATERIAL_TEXT, admin)
    exception = factories.urgent(policy, ground=Ground.BENEFICIAL, source="Longer is better.")
    proposal = factories.propose(policy, admin, exception=exception)
    factories.approve(proposal, factories.admin())
    publication = publish_version(proposal_id=proposal.pk, by=admin)
    message = publication.notices.get().messages.get()
    assert "end your contract" not in message.text
    assert message.notice.kind == Kind.SAME_DAY
    assert "In force since:" in message.text
    assert "has changed" in message.subject


# Kinds


def test_a_new_date_and_a_withdrawal_have_words_of_their_own(admin, smtp):
    policy = factories.policy(admin)
    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin)
    publication = factories.publish(policy, admin, MATERIAL_TEXT)
    later = queries.pending(policy, clock.now()).publication.effective_at + timedelta(days=9)
    factories.work()
    reschedule_publication(publication_id=publication.pk, effect=Effect(later.date()), by=admin)
    withdraw_publication(publication_id=publication.pk, reason="A mistake.", by=admin)
    first, second, third = NoticeMessage.objects.order_by("pk")
    assert " changes on " in first.subject
    assert "new date for the change of" in second.subject
    assert "this date replaces it" in second.text
    assert "[-two-]{+ten+}" in second.text
    assert "will not take place" in third.subject
    assert "What changes" not in third.text + third.html
    assert "ten years" not in third.text + third.html
    for message in (first, second, third):
        assert f"/notices/{publication.pk}-{message.notice.round}/" in message.text
        assert Tags(message.html)


# The form


def test_the_html_is_one_column_without_tables_images_or_scripts(told):
    message = told(promise=promising(consent=Consent(ConsentKind.DEEMED, Period(14))))
    tags = Tags(message.html)
    names = {tag for tag, _attributes in tags.found}
    assert not names & {"table", "img", "script", "link", "form", "iframe", "svg"}
    assert "url(" not in message.html
    widths = re.findall(r"(?:max-)?width:\s*(\d+)px", message.html)
    assert widths
    assert all(int(width) <= 600 for width in widths)
    attributes = dict(tags.found)
    assert attributes["html"] == {"lang": "en", "dir": "ltr"}
    ranks = [int(tag[1]) for tag, _ in tags.found if re.fullmatch(r"h\d", tag)]
    assert ranks[0] == 1
    assert ranks.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(ranks))


def test_link_texts_say_where_they_go(told):
    links = re.findall(r"<a [^>]*>([^<]+)</a>", told().html)
    assert len(links) == len(set(links)) >= 4
    assert all(len(words.split()) > 2 for words in links)


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def test_colours_have_contrast_in_the_light_and_in_the_dark(told):
    html = told().html
    light = {
        "page": ("#1d1b19", "#ffffff"),
        "quiet": ("#5b564f", "#ffffff"),
        "link": ("#1d4f91", "#ffffff"),
        "new": ("#0b5d1e", "#e3f4e6"),
        "old": ("#8a1c1c", "#fbe7e7"),
        "box": ("#1d1b19", "#eaf1fa"),
        "note": ("#1d1b19", "#fff4d6"),
        "link on note": ("#1d4f91", "#fff4d6"),
    }
    dark = {
        "page": ("#ebe7e0", "#191817"),
        "quiet": ("#b3aca1", "#191817"),
        "link": ("#9cc2f5", "#191817"),
        "new": ("#a8e6b4", "#173a1f"),
        "old": ("#f2b3b3", "#451c1c"),
        "box": ("#ebe7e0", "#26313f"),
        "note": ("#ebe7e0", "#3a2f10"),
        "link on note": ("#9cc2f5", "#3a2f10"),
    }
    known = {colour for pairs in (light, dark) for pair in pairs.values() for colour in pair}
    lines = {"#ddd7cd", "#4a463f", "#d9a71a", "#a87c00"}
    assert set(re.findall(r"#[0-9a-f]{6}\b", html)) <= known | lines
    for name, pair in [*light.items(), *dark.items()]:
        assert contrast(*pair) >= 4.5, name


# Languages


@pytest.fixture
def french(settings, tmp_path):
    """A made-up French catalogue of the interface."""
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
        'msgid "What changes"\nmsgstr "Ce qui change"\n'
        'msgid "The text in force:"\nmsgstr "Le texte en vigueur :"\n'
        'msgid "%(publisher)s: “%(title)s” changes on %(effective_day)s"\n'
        'msgstr "%(publisher)s : « %(title)s » change le %(effective_day)s"\n'
    )
    subprocess.run(["msgfmt", "-o", folder / "django.mo", folder / "django.po"], check=True)
    settings.LOCALE_PATHS = [str(tmp_path)]
    trans_real._translations = {}
    yield
    trans_real._translations = {}


def test_people_are_told_in_their_language_where_the_interface_has_it(french, admin, smtp):
    policy = factories.policy(admin)
    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin)
    people = policy.publisher.recipients.order_by("pk")
    people.filter(pk=people[0].pk).update(language="fr-ca")
    people.filter(pk=people[1].pk).update(language="de")
    publication = factories.publish(policy, admin, MATERIAL_TEXT)
    messages = {each.language: each for each in publication.notices.get().messages.all()}
    assert list(messages) == ["en", "fr"]
    assert "« Privacy » change le" in messages["fr"].subject
    assert "Ce qui change" in messages["fr"].text
    assert '<html lang="fr" dir="ltr">' in messages["fr"].html
    assert '<h3 dir="auto"' in messages["fr"].html
    assert 'lang="en">1 What we keep' in messages["fr"].html
    factories.work()
    got = {mail["To"]: mail["Subject"] for mail in smtp.messages}
    assert [" change le " in got[each.email] for each in people] == [True, False, False]
    entry = queries.entry_of(publication)
    opened = type(entry).objects.get(kind="notice.opened", publication=publication)
    assert opened.payload["messages"] == {name: m.sha256 for name, m in messages.items()}


def test_a_policy_in_a_language_without_a_catalogue_is_told_in_the_interfaces_own(admin):
    Locale.objects.get_or_create(language_code="fr")
    policy = create_policy(
        publisher=factories.publisher(admin), slug="vie", title="Privacy", language="fr", by=admin
    )
    factories.write(policy, TEXT, admin)
    set_promise(policy=policy, promise=promising(), by=admin)
    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin)
    publication = factories.publish(policy, admin, MATERIAL_TEXT)
    message = publication.notices.get().messages.get()
    assert message.language == "fr"
    assert '<html lang="en" dir="ltr">' in message.html
    assert 'lang="fr">1 What we keep' in message.html
    month = publication.effective_at.astimezone(publication.publisher.zone)
    assert f"{month:%B}" in message.subject, "no month in another language than its sentence"
