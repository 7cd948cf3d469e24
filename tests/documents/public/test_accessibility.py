"""Pages that everyone can use: structure, colours, and nothing that needs a script."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from documents.actions.edit_clause import ClauseContent
from documents.actions.insert_clause import insert_clause
from tests import factories
from tests.documents.public.pages import KEYS_SCRIPT, Outline, address
from tests.factories import POSTING_PROMISE

TEXT = """# Rules

Opening words.

## 1. Kinds

General words.

### 1.1 Needed

| Name | Purpose |
|---|---|
| csrf | Guards forms |

#### 1.1.1 Deep

Deep words.

## 2. Changes

We tell you.
"""
PAGES = ["", "versions/", "versions/1/", "versions/2/", "compare/1..2/", "compare/2..1/"]


@pytest.fixture
def policy(admin):
    """Headings of three levels, a table, and a clause with a number alone; two versions."""
    made = factories.policy(admin, text=TEXT, promise=POSTING_PROMISE)
    factories.publish(made, admin)
    content = ClauseContent(level=9, number="2.1", heading="", body="<p>By e-mail.</p>")
    last = made.draft().ordered_clauses()[-1].key
    insert_clause(policy=made, content=content, after=last, by=admin)
    factories.publish(made, admin, summary="More words.")
    return made


@pytest.fixture
def outlines(client, policy):
    """Every public page, as elements."""
    paths = ["/", f"/{policy.publisher.slug}/", *(address(policy, page) for page in PAGES)]
    return {path: Outline(client.get(path)) for path in paths}


def test_headings_begin_at_one_and_skip_no_rank(outlines):
    for path, outline in outlines.items():
        ranks = [int(tag[1]) for tag in outline.tags("h1", "h2", "h3", "h4", "h5", "h6")]
        assert ranks[0] == 1, path
        assert ranks.count(1) == 1, path
        assert all(after - before <= 1 for before, after in pairwise(ranks)), path


def test_every_page_opens_with_a_way_to_its_text_and_has_one_main_landmark(outlines):
    for path, outline in outlines.items():
        first_link = next(values for tag, values in outline.elements if tag == "a")
        assert (first_link["class"], first_link["href"]) == ("skip", "#content"), path
        mains = [values for tag, values in outline.elements if tag == "main"]
        assert mains == [{"id": "content", "tabindex": "-1"}], path
        assert len(outline.tags("header")) <= 1, path


def test_navigation_and_asides_have_names_of_their_own(outlines):
    for path, outline in outlines.items():
        names = [
            values.get("aria-label") or values["aria-labelledby"]
            for tag, values in outline.elements
            if tag in {"nav", "aside"}
        ]
        assert len(names) == len(set(names)), path


def test_identifiers_are_unique_and_every_reference_has_its_target(outlines):
    for path, outline in outlines.items():
        identifiers = outline.attributes("id")
        assert len(identifiers) == len(set(identifiers)), path
        links = {link[1:] for link in outline.attributes("href") if link.startswith("#")}
        assert links | set(outline.attributes("aria-labelledby")) <= set(identifiers), path


def test_every_page_says_its_language(outlines):
    for path, outline in outlines.items():
        assert ("html", {"lang": "en"}) in outline.elements, path


def test_nothing_comes_from_elsewhere_and_nothing_is_inline(outlines):
    for path, outline in outlines.items():
        assert outline.tags("style", "iframe", "img", "form") == [], path
        scripts = [element for element in outline.elements if element[0] == "script"]
        assert scripts == ([KEYS_SCRIPT] if "/compare/" in path else []), path
        assert outline.attributes("style") == [], path
        files = {values["href"] for tag, values in outline.elements if tag == "link"}
        assert files == {"/static/documents/public.css", "/static/documents/icon.svg"}, path


def test_the_browser_is_told_to_take_nothing_from_elsewhere(client, policy):
    for page in PAGES:
        directives = client.get(address(policy, page))["Content-Security-Policy"]
        assert "default-src 'self'" in directives
        assert "unsafe" not in directives


def test_a_clause_with_a_heading_has_a_real_one_and_one_with_a_number_alone_has_none(
    client, policy
):
    page = client.get(address(policy)).content.decode()
    assert '<h2><span class="number hangs">1</span> Kinds</h2>' in page
    assert '<h3><span class="number hangs">1.1</span> Needed</h3>' in page
    assert '<h4><span class="number hangs">1.1.1</span> Deep</h4>' in page
    assert '<p class="number hangs">2.1</p>' in page
    assert 'role="heading"' not in page


def test_a_table_scrolls_in_a_box_that_the_keyboard_reaches(client, policy):
    page = client.get(address(policy)).content.decode()
    box = '<div class="table" role="region" aria-label="Table" tabindex="0"><table>'
    assert page.count(box) == 1
    assert page.count("</table></div>") == 1


SHEET = Path(finders.find("documents/public.css")).read_text(encoding="utf-8")
TEXTS = ("ink", "quiet", "link", "added", "gone")
GROUNDS = {"paper": TEXTS, "note-ground": TEXTS, "added-ground": ["added"], "gone-ground": ["gone"]}


def palettes():
    """The colours of light, dark and print, each over those of light."""
    light, dark, paper = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block))
        for block in re.findall(r":root \{([^}]*)\}", SHEET)
    )
    return {"light": light, "dark": light | dark, "print": light | paper}


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Ratio of two colours. Source: WCAG 2.2, "contrast ratio"."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", ["light", "dark", "print"])
def test_every_text_stands_out_from_its_ground(name):
    colours = palettes()[name]
    for ground, texts in GROUNDS.items():
        for text in texts:
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    assert contrast(colours["note-line"], colours["paper"]) >= 3


def test_the_sheet_names_no_colour_outside_its_palettes():
    rules = re.sub(r":root \{[^}]*\}", "", SHEET)
    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb|hsl", rules)
    assert len({frozenset(colours.items()) for colours in palettes().values()}) == 3


def test_marks_differ_by_more_than_colour():
    marks = {
        tag: re.search(rf"^{tag} \{{([^}}]*)\}}", SHEET, re.M).group(1) for tag in ("ins", "del")
    }
    assert "text-decoration: underline" in marks["ins"]
    assert "text-decoration: line-through" in marks["del"]
