"""What holds for every template of every room: read from the source, so that a new one is held to it too."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
ALL = sorted(TEMPLATES.rglob("*.html"))
ICONS = set(re.findall(r'<symbol id="(\w+)"', (ROOT / "static/svg/icons.svg").read_text()))
# Pages that others are built on.
FRAMES = {"base.html", "errors/frame.html", "allauth/layouts/base.html"}


def name(path):
    return path.relative_to(TEMPLATES).as_posix()


def parent(text):
    found = re.search(r'{% extends "([^"]+)" %}', text)
    return found[1] if found else None


def lineage(path):
    """Yield the text of a page and of everything it is built on, up to but not including base.html."""
    text = path.read_text()
    yield text
    above = parent(text)
    if above and above != "base.html" and (TEMPLATES / above).exists():
        yield from lineage(TEMPLATES / above)


def is_page(path):
    if name(path) in FRAMES or path.name.startswith("_"):
        return False
    texts = list(lineage(path))
    return parent(texts[-1]) == "base.html"


PAGES = [path for path in ALL if is_page(path)]


# What the browser says of a form differs per browser, stands in its own language, and vanishes.
SAYS_IT_ITSELF = [path for path in ALL if name(path).startswith(("cases/", "safety_plans/"))]


@pytest.mark.parametrize("path", SAYS_IT_ITSELF, ids=name)
def test_a_form_leaves_it_to_us_to_say_what_is_wrong(path):
    for form in re.findall(r"<form [^>]*class=\"vp-form[^>]*>", path.read_text()):
        assert "novalidate" in form or 'method="get"' in form


@pytest.mark.row("R35")
@pytest.mark.parametrize("path", ALL, ids=name)
@pytest.mark.parametrize(
    "forbidden",
    [
        r"\sstyle\s*=",
        r"\son[a-z]+\s*=",
        r"<style",
        r"\|\s*safe\b",
        r"{%\s*autoescape off",
        r"javascript:",
        r"\bdata:[a-z]+/",
    ],
)
def test_nothing_that_the_content_policy_would_have_to_allow(path, forbidden):
    text = path.read_text()
    # What stands in a tag of the template language is no attribute: `with one=one` is not an event.
    assert not re.search(
        forbidden, text if "{%" in forbidden or "safe" in forbidden else re.sub(r"{[%{].*?[%}]}", "", text)
    )


@pytest.mark.row("R35")
@pytest.mark.parametrize("path", ALL, ids=name)
def test_a_script_is_a_file_or_a_block_of_data(path):
    for tag in re.findall(r"<script\b[^>]*>", path.read_text()):
        assert 'src="{% static' in tag or 'type="application/json"' in tag, tag


@pytest.mark.row("R33")
@pytest.mark.parametrize("path", ALL, ids=name)
def test_nothing_is_fetched_from_elsewhere(path):
    assert not re.search(r'(src|href|action)\s*=\s*["\'](https?:)?//', path.read_text())


@pytest.mark.row("L9")
@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_page_has_one_h1(path):
    # A page built on another inherits that one's heading, unless it replaces the block it stands in.
    counts = [text.count("<h1") for text in lineage(path)]
    assert next((count for count in counts if count), 0) == 1
    assert sum(counts) == 1


@pytest.mark.row("L10")
@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_title_is_a_fixed_text(path):
    titles = [found[1] for text in lineage(path) if (found := re.search(r"{% block title %}(.*?){% endblock", text))]
    assert titles, "no title"
    assert re.fullmatch(r'{% translate "[^"]+" %}', titles[0]), "a title may hold no name"


@pytest.mark.parametrize("path", ALL, ids=name)
def test_every_icon_exists(path):
    text = path.read_text()
    named = set(re.findall(r'{% icon "([^"]*)"', text)) | set(re.findall(r'{% state "[^"]*" "([^"]*)"', text))
    assert named <= ICONS


def test_a_form_writes_none_of_its_fields_by_hand():
    ours = [path for path in ALL if not name(path).startswith(("django/", "components/"))]
    by_hand = {
        name(path)
        for path in ours
        if re.search(r"<(select|textarea)\b|<input(?![^>]*type=\"hidden\")", path.read_text())
    }
    assert by_hand == set()


@pytest.mark.parametrize("path", ALL, ids=name)
def test_what_is_wrong_in_a_form_is_listed_once(path):
    """A form that is drawn whole lists it itself; one of which a page draws the fields is named in `errors`."""
    text = path.read_text()
    listed = {form for tag in re.findall(r"{% errors ([^%]*) %}", text) for form in tag.split()}
    assert not listed & set(re.findall(r"{{ (\w+) }}", text))
