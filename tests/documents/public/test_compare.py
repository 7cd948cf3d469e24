"""The redline page, of any two versions in either direction."""

import pytest

from tests import factories
from tests.documents.public.pages import address, words
from tests.factories import MATERIAL_TEXT, POSTING_PROMISE

THIRD_TEXT = MATERIAL_TEXT + "\n## 3. Cookies\n\nWe set none.\n"


@pytest.fixture
def three(admin):
    """A policy with three versions, the last in force."""
    policy = factories.policy(admin, promise=POSTING_PROMISE)
    factories.publish(policy, admin)
    factories.publish(policy, admin, MATERIAL_TEXT, summary="Names are kept longer.")
    factories.publish(policy, admin, THIRD_TEXT, summary="A word on cookies.")
    return policy


def marks(response):
    """Marked words of a redline without what only a screen reader hears."""
    page = response.content.decode().partition('<section class="change"')[2]
    return page.replace(
        ' data-opens="taken out:" data-closes="end of words taken out"', ""
    ).replace(' data-opens="added:" data-closes="end of words added"', "")


def test_changed_words_are_marked_in_their_clause(client, three):
    response = client.get(address(three, "compare/1..2/"))
    assert "<del>two</del><ins>ten</ins> years" in marks(response)
    assert "1 clause changed" in words(response)
    assert "1 clause is unchanged and not shown." in words(response)
    assert "We tell you of material changes" not in words(response)


def test_marks_are_announced_to_those_who_do_not_see_them(client, three):
    page = client.get(address(three, "compare/1..2/")).content.decode()
    assert '<del data-opens="taken out:" data-closes="end of words taken out">two</del>' in page
    assert '<ins data-opens="added:" data-closes="end of words added">ten</ins>' in page


def test_a_new_clause_is_marked_with_its_number_and_heading(client, three):
    response = client.get(address(three, "compare/2..3/"))
    assert "<ins>3</ins> <ins>Cookies</ins>" in marks(response)
    assert "<ins>We set none.</ins>" in marks(response)
    assert "1 clause added" in words(response)


def test_any_two_versions_can_be_compared(client, three):
    page = words(client.get(address(three, "compare/1..3/")))
    assert "Changes from version 1 to version 3" in page
    assert "1 clause changed, 1 clause added" in page


def test_a_summary_stands_only_over_the_change_that_it_describes(client, three):
    assert "A word on cookies." in words(client.get(address(three, "compare/2..3/")))
    assert "A word on cookies." not in words(client.get(address(three, "compare/1..3/")))


def test_a_comparison_backwards_says_so_and_offers_the_other_way(client, three):
    response = client.get(address(three, "compare/2..1/"))
    assert "This comparison goes back in time" in words(response)
    assert "<del>ten</del><ins>two</ins> years" in marks(response)
    assert f'href="{address(three, "compare/1..2/")}"' in response.content.decode()
    assert "back in time" not in words(client.get(address(three, "compare/1..2/")))


def test_a_version_against_itself_differs_in_nothing(client, three):
    response = client.get(address(three, "compare/2..2/"))
    assert "Both sides are the same version, so nothing differs." in words(response)
    assert "<ins" not in response.content.decode()


def test_what_changed_outside_the_clauses_is_shown_too(client, three, admin):
    publisher = three.publisher
    publisher.legal_entity = "Acme Europe SE"
    publisher.save()
    factories.publish(three, admin, THIRD_TEXT.replace("none", "none at all"))
    page = client.get(address(three, "compare/3..4/")).content.decode()
    assert "<dt>Legal entity</dt><dd><ins>Acme Europe SE</ins></dd>" in page
    assert "Legal entity" not in words(client.get(address(three, "compare/2..3/")))


def test_a_clause_with_neither_number_nor_heading_still_has_a_heading(client, admin):
    policy = factories.policy(
        admin, text="Names are kept for two years.\n", promise=POSTING_PROMISE
    )
    factories.publish(policy, admin)
    factories.publish(policy, admin, "Names are kept for ten years.\n")
    page = words(client.get(address(policy, "compare/1..2/")))
    assert "Clause without heading" in page


def test_a_comparison_is_kept_out_of_search_engines(client, three):
    assert "noindex" in client.get(address(three, "compare/1..2/")).content.decode()
