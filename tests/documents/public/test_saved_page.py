"""A page of ours that somebody saved comes back with every clause being what it was."""

import pytest

from documents.actions.import_policy import import_policy
from documents.importing.accounting import UNACCOUNTED, account
from documents.importing.reading import read_outline
from tests import factories
from tests.documents.public.pages import address

pytestmark = pytest.mark.django_db

TEXT = """# Privacy

We keep little.

## 1. What we keep

Your name, and:

- your *address*
- your [orders](https://shop.example/orders)

### 1.1 How long

| what | years |
|---|---|
| name | 2 |
| orders | 10 |

## 2. Changes

We tell you of material changes by e-mail.
"""


@pytest.fixture
def admin():
    return factories.admin()


@pytest.fixture
def policy(admin):
    policy = factories.policy(admin, text=TEXT)
    factories.publish(policy, admin)
    return policy


def saved(client, policy):
    return client.get(address(policy, "versions/1/")).content


def test_a_saved_page_has_the_clauses_of_its_version_with_their_keys(client, policy):
    outline = read_outline(saved(client, policy), "saved.html")
    found = [(c.key, c.level, c.number, c.heading, c.body) for c in outline.clauses]
    states = policy.draft().states()
    assert found == [(s.key, s.level, s.number, s.heading, s.body) for s in states]


def test_importing_it_changes_nothing(client, policy, admin):
    before = policy.draft().draft_sha256()
    data = saved(client, policy)
    done = import_policy(policy=policy, data=data, name="saved.html", by=admin)
    assert not done.has_changed
    assert policy.draft().draft_sha256() == before


def test_a_clause_that_was_rewritten_on_it_keeps_its_key(client, policy, admin):
    page = saved(client, policy).decode()
    page = page.replace("We tell you of material changes by e-mail.", "Cookies are small files.")
    page = page.replace("</span> Changes<", "</span> Biscuits<")
    done = import_policy(policy=policy, data=page.encode(), name="saved.html", by=admin)
    assert (done.kept, done.added, done.removed, done.has_changed) == (4, 0, 0, True)


def test_what_stands_around_the_text_is_accounted_for(client, policy):
    outline = read_outline(saved(client, policy), "saved.html")
    assert not [each for each in account(outline) if each.kind == UNACCOUNTED]
