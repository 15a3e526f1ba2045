"""The components of the interface. Loaded in every template; templates/components/ holds their markup.

A component that wraps content is a block tag; its content is a template and escapes by itself.
"""

from functools import cache
from typing import Any

from django import template
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from qrcode.main import QRCode  # type: ignore[import-untyped]

register = template.Library()


class _Once(template.Node):
    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist
        self._drawn: dict[str, SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        language = get_language()
        if language not in self._drawn:
            self._drawn[language] = self.nodelist.render(context.new())
        return self._drawn[language]


@register.tag
def once(parser: template.base.Parser, _token: template.base.Token) -> _Once:
    """Draw what lies between `once` and `endonce` once in each language: what is the same on every page, for everybody.

    It sees nothing of the page around it, so that nothing of one person can end up on the page of another.
    """
    nodelist = parser.parse(["endonce"])
    parser.delete_first_token()
    return _Once(nodelist)


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Draw a symbol of static/svg/icons.svg. It is decoration: there is always a word beside it."""
    return format_html(
        '<svg class="vp-ico" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("svg/icons.svg"),
        name,
    )


@register.inclusion_tag("components/person.html")
def person(initials: str, name: str, role: str = "", pro: bool = False, big: bool = False) -> dict[str, Any]:
    """Show somebody: a filled round mark for the family, an outlined square one for a professional (`pro`)."""
    return {"initials": initials, "name": name, "role": role, "pro": pro, "big": big}


@register.simple_tag
def state(kind: str, symbol: str, text: str) -> SafeString:
    """Say how something stands. `kind` is now, soon, good, wait or shield; the text carries the meaning."""
    return format_html(
        '<span class="vp-state vp-state--{}">{} <span>{}</span></span>',
        kind,
        icon(symbol),
        text,
    )


@register.simple_tag
def back(url: str, text: str) -> SafeString:
    return format_html('<p class="vp-back"><a href="{}">{}{}</a></p>', url, icon("back"), text)


@register.simple_tag
def go(url: str, text: str) -> SafeString:
    """Offer an action that is not the first thing to do. One page has one `vp-button`, and any number of these."""
    return format_html('<a class="vp-go" href="{}">{}{}</a>', url, text, icon("next"))


@register.simple_tag
def then(text: str, id: str = "") -> SafeString:  # noqa: A002  # reads as HTML in a template
    """Say what a choice leads to. Stands directly after its `vp-choice`, whose input is described by `id`."""
    return format_html(
        '<p class="vp-then"{}>{}<span>{}</span></p>',
        format_html(' id="{}"', id) if id else "",
        icon("next"),
        text,
    )


@register.inclusion_tag("components/errors.html")
def errors(*forms: BaseForm | str | None) -> dict[str, Any]:
    """List what is wrong in these forms, with a link to each field. Shows nothing while nothing is wrong."""
    bound = [form for form in forms if isinstance(form, BaseForm) and form.is_bound]
    problems = [
        {"label": field.label, "target": _target(field), "text": text}
        for form in bound
        for field in form
        for text in field.errors
    ]
    general = [text for form in bound for text in form.non_field_errors()]
    count = len(problems) + len(general)
    title = ngettext("One thing is not right yet", "%(count)s things are not right yet", count) % {"count": count}
    return {"problems": problems, "general": general, "title": title}


def _target(field: Any) -> str:
    # Of a group of choices the first can take focus, and not the group; without any there is nothing but the group.
    if field.use_fieldset:
        return str(field[0].id_for_label if len(field) else field.auto_id)
    return str(field.id_for_label or field.auto_id)


@register.simple_block_tag
def section(
    content: str,
    title: str,
    note: str = "",
    kind: str = "",
    id: str = "",  # noqa: A002
    items: bool = False,
    wide: bool = False,
) -> str:
    """A part of a page with its heading in the margin. `items`: its content is `{% item %}` rows.

    The heading's id comes from the title; give `id` where two sections of one page share a title.
    """
    return render_to_string(
        "components/section.html",
        {
            "content": content,
            "title": title,
            "note": note,
            "kind": kind,
            "id": id or f"s-{slugify(title)}",
            "list": items,
            "wide": wide,
        },
    )


@register.simple_block_tag
def item(
    content: str,
    what: str,
    url: str = "",
    when: str = "",
    kind: str = "",
    mark: str = "",
    do: str = "",
    do_url: str = "",
    first: bool = False,
    level: int = 3,
) -> str:
    """One thing to do or to know; the content says why. `kind` is now, soon or nothing.

    `first` makes the action the page's one button: at most once per page. `mark` is a person's initials.
    `do_url` is `url` when left out.
    """
    return render_to_string(
        "components/item.html",
        {
            "content": content,
            "what": what,
            "url": url,
            "when": when,
            "kind": kind,
            "mark": mark,
            "do": do,
            "do_url": do_url or url,
            "first": first,
            "heading": f"h{level}",
        },
    )


@register.simple_block_tag
def facts(content: str) -> SafeString:
    return format_html('<dl class="vp-facts">{}</dl>', content)


@register.simple_block_tag
def fact(content: str, label: str) -> SafeString:
    """One line of `{% facts %}`."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, content)


@register.simple_block_tag
def words(content: str, who: str = "") -> SafeString:
    """Somebody's own words, as they said them."""
    footer = format_html("<footer>{}</footer>", who) if who else ""
    return format_html('<blockquote class="vp-words"><div>{}</div>{}</blockquote>', content, footer)


@register.simple_block_tag
def tip(content: str, shield: bool = False) -> SafeString:
    """Advice beside the work. `shield` is violet: it is about a protected place, and about nothing else."""
    return format_html('<div class="vp-tip{} vp-prose">{}</div>', " vp-tip--shield" if shield else "", content)


@register.simple_block_tag
def explain(content: str, summary: str) -> SafeString:
    """Knowledge where it is needed, folded away."""
    return format_html(
        '<details class="vp-explain"><summary>{}</summary><div class="vp-prose">{}</div></details>', summary, content
    )


@register.simple_block_tag
def nothing(content: str) -> SafeString:
    """Say that a list is empty. An empty space could also be a fault."""
    return format_html('<p class="vp-nothing">{}</p>', content)


@register.inclusion_tag("components/call.html")
def call(big: bool = False, reveal: bool = False) -> dict[str, Any]:
    """112 and Veilig Thuis. `reveal`: only after a choice with `data-reveal` in the same `vp-form`."""
    return {"big": big, "reveal": reveal}


@register.inclusion_tag("components/numbers.html", takes_context=True)
def numbers(context: template.Context) -> dict[str, Any]:
    """The numbers that answer when this site does not: 112, Veilig Thuis, and `central_number` where it is known."""
    return {"central_number": context.get("central_number")}


@register.inclusion_tag("components/figure.html")
def figure(table: Any, level: int = 3) -> dict[str, Any]:
    """Draw one published figure: bars, the same numbers in a table, and what they count."""
    return {"table": table, "level": level}


@register.simple_tag
def count_of(part: int, whole: int) -> str:
    return _("%(part)s of %(whole)s") % {"part": part, "whole": whole}


@register.simple_tag
def qr(text: str) -> SafeString:
    """Draw a code to scan, inside the page: a picture in a data: address would need a hole in the content policy."""
    code = QRCode(border=2)
    code.add_data(text)
    rows = code.get_matrix()
    squares = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return format_html(
        '<svg class="vp-qr" viewBox="0 0 {} {}" role="img" aria-label="{}" shape-rendering="crispEdges">'
        '<path fill="#000" d="{}"/></svg>',
        len(rows),
        len(rows),
        _("Code to scan with your phone"),
        squares,
    )
