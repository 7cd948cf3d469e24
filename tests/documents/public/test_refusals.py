"""What does not exist for the public, however it is asked for."""

from itertools import product

from documents import queries
from legalcms import clock
from tests import factories
from tests.documents.public.pages import address, words
from tests.factories import MATERIAL_TEXT

HUGE = "9" * 20
PAGES = ["", "versions/", "versions/1/", "compare/1..1/"]


def all_pages(policy):
    return ["/", f"/{policy.publisher.slug}/", *(address(policy, page) for page in PAGES)]


def test_a_policy_that_is_not_announced_does_not_exist(client, policy):
    for page in PAGES:
        assert client.get(address(policy, page)).status_code == 404, page


def test_a_publisher_with_nothing_announced_is_in_no_list_and_has_no_page(client, policy):
    assert policy.publisher.name not in words(client.get("/"))
    assert client.get(f"/{policy.publisher.slug}/").status_code == 404


def test_a_draft_is_not_to_be_seen_before_its_publication(client, published, admin):
    factories.write(published, MATERIAL_TEXT, admin)
    draft = published.draft()
    draft.title = "A secret plan"
    draft.save_revision(user=admin)
    for path in all_pages(published):
        text = client.get(path).content.decode()
        assert "ten years" not in text
        assert "A secret plan" not in text


NEVER_PUBLISHED = [
    "versions/0/",
    "versions/2/",
    f"versions/{HUGE}/",
    f"versions/{'9' * 5000}/",
    "versions/-1/",
    "versions/one/",
    "compare/1..2/",
    "compare/2..1/",
    "compare/0..1/",
    f"compare/1..{HUGE}/",
    f"compare/{HUGE}..{HUGE}/",
    "compare/1../",
    "compare/1...1/",
    "compare/",
    "at/2026-01-01/",
    "versions/1/extra/",
]


def test_what_was_never_published_is_not_found(client, published):
    for page in NEVER_PUBLISHED:
        assert client.get(address(published, page)).status_code == 404, page


def test_unknown_names_are_not_found(client, published, admin):
    other = factories.policy(admin)
    factories.publish(other, admin)
    for path in (
        "/nobody/",
        "/nobody/privacy/",
        f"/{published.publisher.slug}/nothing/",
        f"/{published.publisher.slug}/{other.slug}/",
        f"/{other.publisher.slug}/{published.slug}/versions/1/",
    ):
        assert client.get(path).status_code == 404, path


def test_every_page_answers_head_as_it_answers_get(client, published):
    for path in all_pages(published):
        head, get = client.head(path), client.get(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers.get("Cache-Control") == get.headers.get("Cache-Control")


def test_no_page_takes_anything_but_reading(client, published):
    for path, method in product(all_pages(published), ("POST", "PUT", "PATCH", "DELETE")):
        assert client.generic(method, path).status_code == 405, (method, path)


def test_a_hash_that_is_shown_is_the_hash_that_is_stored(client, published):
    version = queries.in_force(published, clock.now())
    assert version.computed_sha256() == version.sha256
    assert version.sha256 in words(client.get(address(published)))
