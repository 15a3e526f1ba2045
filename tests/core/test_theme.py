"""Every pair of colours that carries a meaning can be read, in light and in dark."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "static/css/tokens.css"

TEXT = """
ink on paper, ink on tint, ink on field, ink-soft on paper, ink-soft on tint, ink-soft on act-tint, ink-soft on field,
act on paper, act on tint, act on act-tint, on-act on act, now on paper, now on now-tint, on-now on now, soon on paper,
good on paper, ink on good-tint, ink on act-tint, ink on soon-tint, ink on now-tint, ink on shield-tint,
shield on paper, shield on shield-tint, act on shield-tint, paper on ink, paper on ink-soft, now on field
"""
EDGES = """
edge on paper, edge on field, edge on tint, focus on paper, focus on tint, focus on field, focus on act-tint,
act on paper, now on paper, now on field, good on good-tint, soon on soon-tint
"""


def pairs(text):
    return [tuple(pair.strip().split(" on ")) for pair in text.split(",")]


def themes():
    css = TOKENS.read_text()
    blocks = [
        dict(re.findall(r"--vp-([\w-]+):\s*(#[0-9a-f]{6});", block))
        for block in re.findall(r":root[^{]*\{([^}]*)\}", css)
    ]
    light, *rest = [block for block in blocks if block]
    return {"light": light} | {f"dark {number}": block for number, block in enumerate(rest, 1)}


def luminance(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def too_weak(theme, wanted, least):
    return [
        f"{front} on {behind}: {ratio:.1f}"
        for front, behind in wanted
        if (ratio := contrast(theme[front], theme[behind])) < least
    ]


def test_the_measure_itself_is_right():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.row("L9")
@pytest.mark.parametrize("name", ["light", "dark 1", "dark 2"])
def test_text_can_be_read(name):
    assert too_weak(themes()[name], pairs(TEXT), 4.5) == []


@pytest.mark.row("L9")
@pytest.mark.parametrize("name", ["light", "dark 1", "dark 2"])
def test_edges_and_focus_can_be_seen(name):
    assert too_weak(themes()[name], pairs(EDGES), 3) == []


def test_both_dark_themes_are_the_same():
    found = themes()
    assert found["dark 1"] == found["dark 2"]
    assert set(found["dark 1"]) == set(found["light"])


def test_no_colour_stands_outside_the_tokens():
    # Paper is white and its ink black whatever the theme, and so is a code that a phone must read.
    allowed = {"#fff", "#000", "#999"}
    found = {
        (path.name, colour)
        for path in TOKENS.parent.glob("*.css")
        if path.name not in ("tokens.css", "paper.css")
        for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsl\(", path.read_text())
        if colour not in allowed
    }
    assert found == set()
