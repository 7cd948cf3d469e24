"""Text is text: nothing that an editor or a file brings runs in a reader's browser."""

import pytest

from documents.actions.create_policy import create_policy
from documents.actions.edit_clause import ClauseContent, clause_sha256, edit_clause
from documents.actions.set_promise import set_promise
from tests import factories
from tests.documents.public.pages import KEYS_SCRIPT, Outline, address
from tests.factories import POSTING_PROMISE, TEXT

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</title><script>alert(1)</script>",
    "{{ publisher.contact }}{% now 'Y' %}",
    "</table></div><iframe src=//evil.example>",
]
SAFE_TAGS = {
    *("html", "head", "meta", "title", "link", "body", "header", "nav", "main", "section", "div"),
    *("aside", "h1", "h2", "h3", "p", "span", "a", "ul", "ol", "li", "dl", "dt", "dd", "time"),
    *("ins", "del", "strong", "em", "br", "table", "tr", "td", "th"),
}
PAGES = ["", "versions/", "versions/1/", "versions/2/", "compare/1..2/", "compare/2..1/"]


@pytest.fixture(params=PAYLOADS)
def hostile(request, admin):
    """A policy with a payload in its title, summaries, headings, numbers and bodies."""
    payload = request.param
    policy = create_policy(
        publisher=factories.publisher(admin, legal_entity=payload, name=f"Acme {payload}"),
        slug="hostile",
        title=payload,
        by=admin,
    )
    factories.write(policy, TEXT, admin)
    set_promise(policy=policy, promise=POSTING_PROMISE, by=admin)
    for text in ("first", "second"):
        clause = policy.draft().ordered_clauses()[0]
        content = ClauseContent(
            level=1,
            number=payload[:40],
            heading=f"{payload} {text}",
            body=f"<p>{text} {payload}</p><p><a href='javascript:alert(1)' style='x'>link</a></p>",
        )
        base = clause_sha256(clause)
        edit_clause(policy=policy, key=clause.key, content=content, base_sha256=base, by=admin)
        factories.publish(policy, admin, summary=f"{payload} {text}")
    return policy


def test_a_payload_is_shown_as_text_or_not_at_all(client, hostile):
    pages = [address(hostile, page) for page in PAGES]
    for path in ["/", f"/{hostile.publisher.slug}/", *pages]:
        response = client.get(path)
        assert response.status_code == 200
        outline = Outline(response)
        outline.elements = [element for element in outline.elements if element != KEYS_SCRIPT]
        assert {tag for tag, _ in outline.elements} <= SAFE_TAGS, path
        attributes = {name for _, values in outline.elements for name in values}
        assert not any(name.startswith("on") or name in {"style", "src"} for name in attributes)
        assert not any(link.startswith("javascript:") for link in outline.attributes("href"))


def test_a_template_in_a_text_is_not_executed(client, admin):
    policy = factories.policy(admin, text="# T\n\n## {{ publisher.contact }}\n\n{% now 'Y' %}\n")
    factories.publish(policy, admin)
    page = client.get(address(policy)).content.decode()
    assert "{{ publisher.contact }}" in page
    assert "{% now" in page
