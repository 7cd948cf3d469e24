"""The redline page, of any two versions in either direction."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from documents.comparison import Significance
from tests import factories
from tests.documents.public.pages import Outline, address, words
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


# How it may be seen


def page_of(client, policy, query="", versions="1..3"):
    return client.get(address(policy, f"compare/{versions}/{query}"))


def chosen(response):
    """The words of the options that are on."""
    page = response.content.decode()
    return [part.partition("</a>")[0] for part in page.split('aria-current="true">')[1:]]


def test_a_comparison_opens_inline_with_only_what_changed_of_any_significance(client, three):
    assert chosen(page_of(client, three)) == ["Inline", "Only changes", "All (2)"]


@pytest.mark.parametrize(
    "query",
    [
        "?layout=x&extent=&level=grave",
        "?layout=<script>",
        "?level=MATERIAL",
        "?layout=inline&layout=y",
    ],
)
def test_a_view_that_does_not_exist_is_the_default(client, three, query):
    response = page_of(client, three, query)
    assert response.status_code == 200
    assert chosen(response) == ["Inline", "Only changes", "All (2)"]


def test_each_choice_keeps_the_others(client, three):
    page = page_of(client, three, "?layout=sides&level=material").content.decode()
    assert 'href="?layout=sides&amp;extent=text&amp;level=material"' in page
    assert 'href="?level=material"' in page
    assert 'href="?layout=sides"' in page


def test_side_by_side_the_old_has_deletions_and_the_new_has_insertions(client, three):
    page = page_of(client, three, "?layout=sides").content.decode()
    old, new = page.partition('class="side"')[2].split('class="side"')[:2]
    assert "Version 1" in old
    assert ">two</del>" in old
    assert "<ins" not in old
    assert "Version 2" not in old
    assert "Version 3" in new
    assert ">ten</ins>" in new
    assert "<del" not in new.partition("</section>")[0]
    assert "Not in this text" in page  # the clause on cookies, on the left


def test_the_whole_text_has_the_clauses_that_stand(client, three):
    assert 'class="change same"' not in page_of(client, three).content.decode()
    response = page_of(client, three, "?extent=text")
    assert response.content.decode().count('class="change same"') == 1
    assert "unchanged and not shown" not in words(response)
    assert ">two</del>" in response.content.decode()


def test_the_filter_says_what_it_leaves_out(client, three):
    nothing = page_of(client, three, "?level=editorial")
    assert "2 changes of another significance are not shown." in words(nothing)
    assert "<section" not in nothing.content.decode()
    assert "not shown" not in words(page_of(client, three, "?level=material")).replace(
        "unchanged and not shown", ""
    )


def test_the_significance_is_what_people_decided_and_else_said_to_be_estimated(client, admin):
    policy = factories.policy(admin, promise=POSTING_PROMISE)
    factories.publish(policy, admin)
    factories.publish(policy, admin, MATERIAL_TEXT, significance=Significance.MINOR)
    factories.publish(policy, admin, THIRD_TEXT)
    decided, estimated = (
        words(client.get(address(policy, place))) for place in ("compare/1..2/", "compare/2..3/")
    )
    assert "Minor text changed" in decided
    assert "Minor (1)" in decided
    assert "Material (estimated) new clause" in estimated


def test_every_change_has_a_link_and_ways_to_its_neighbours(client, three):
    outline = Outline(page_of(client, three))
    stops = [values["id"] for tag, values in outline.elements if "data-stop" in values]
    links = [link for link in outline.attributes("href") if link.startswith("#c-")]
    first, second = stops
    # in the jump list, at the heading, and from the neighbour
    assert links.count(f"#{first}") == links.count(f"#{second}") == 3


def test_the_keys_are_told_of_by_the_script_alone(client, three):
    outline = Outline(page_of(client, three))
    (keys,) = [values for _, values in outline.elements if "keys" in values.get("class", "")]
    assert "hidden" in keys
    scripts = [values for tag, values in outline.elements if tag == "script"]
    assert scripts == [{"src": "/static/documents/redline.js", "defer": None}]
    assert Path(finders.find("documents/redline.js")).stat().st_size < 4000


def test_a_page_without_changes_has_no_script_and_no_choices(client, three):
    page = page_of(client, three, versions="2..2").content.decode()
    assert "<script" not in page
    assert "choices" not in page


SHEET = Path(finders.find("documents/public.css")).read_text(encoding="utf-8")


def test_moved_words_are_told_apart_without_colour_and_controls_stay_off_paper():
    assert "ins.moved { text-decoration: underline double;" in SHEET
    assert "del.moved { text-decoration: line-through dotted;" in SHEET
    paper = SHEET.partition("@media print")[2]
    hidden = next(line for line in paper.splitlines() if "display: none" in line)
    assert all(name in hidden for name in (".contents", ".choices", ".keys", ".steps", ".anchor"))
