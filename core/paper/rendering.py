"""Papers: a template becomes HTML here, and a PDF in a child process without network (core.paper.press).

Which paper may be made, for whom and with what in it is decided by the rooms that know families, never here.
"""

import json
import logging
import math
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.paper.letters import STANDS_FOR_A_LETTER, without_boxes

log = logging.getLogger(__name__)

TIME_LIMIT = 20.0
STYLESHEET = Path("static/css/paper.css")
# In templates/papers/base.html. What people type cannot be this: a paper shows it in other signs.
_PLACE_OF_THE_NOTE = "<!-- letters -->"
# All that the press may know of this process's environment: where fonts and libraries are. No keys, no addresses.
_PASSED_ON = ("FONTCONFIG_FILE", "LD_LIBRARY_PATH")


class PaperTooSlow(DomainError):
    """The press did not finish in time and was stopped."""


class PaperFailed(DomainError):
    """The press could not make this paper."""


@dataclass(frozen=True)
class Mark:
    """A watermark: what stands at the foot of every page, so that a paper that is found says who took it out."""

    printed_by: str
    printed_at: datetime
    number: str
    # For whom it is. A paper that says this does not say who printed it: that would tell where somebody is helped.
    recipient: str = ""


def render(
    template: str,
    context: dict[str, Any],
    *,
    language: str,
    mark: Mark | None,
    seconds: float = TIME_LIMIT,
    most_pages: int = 0,
) -> bytes:
    """Make the PDF of a template that extends `papers/base.html`.

    `mark` has no default on purpose: None is only for a paper that must say nothing to whoever finds it. The title in
    the file's properties is never taken from the content. A letter that no font here has is marked, and the paper says
    so. With `most_pages` the letters shrink until it fits, or can hardly be read: no word is left out. Nothing is
    stored. Raises `PaperTooSlow` or `PaperFailed`.
    """
    with translation.override(language):
        title = f"{_('Paper')} {mark.number}" if mark else _("Paper")
        paper = {"language": language, "title": title, "mark": mark, "rtl": translation.get_language_bidi()}
        html, has_marks = without_boxes(render_to_string(template, {**context, "paper": paper}))
        said = _("%(mark)s stands for a letter that cannot be printed here. Write it in by hand.")
        note = f'<p class="letters">{said % {"mark": STANDS_FOR_A_LETTER}}</p>' if has_marks else ""
        html = html.replace(_PLACE_OF_THE_NOTE, note, 1)
    return press(html, seconds=seconds, most_pages=most_pages)


def press(html: str, *, seconds: float = TIME_LIMIT, most_pages: int = 0) -> bytes:
    """Hand finished HTML to the child. Everything the HTML asks for from outside is refused and counted in the log."""
    css = (settings.ROOT / STYLESHEET).read_text()
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    environment.setdefault("FONTCONFIG_FILE", str(settings.ROOT / "ops" / "fonts.conf"))
    try:
        done = subprocess.run(  # noqa: S603 -- a fixed command; what people typed goes in by the pipe
            [sys.executable, "-s", "-m", "core.paper.press", "--seconds", str(math.ceil(seconds))],
            input=json.dumps({"html": html, "css": css, "most_pages": most_pages}).encode(),
            capture_output=True,
            timeout=seconds,
            cwd=settings.ROOT,
            env=environment | {"LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        log.warning("A paper took too long and was stopped.")
        raise PaperTooSlow(_("Making this paper took too long. Try again, or make it shorter.")) from None
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        # Not what it wrote: a traceback may quote the page.
        log.error("A paper could not be made.", extra={"exit_code": done.returncode})
        raise PaperFailed(_("This paper could not be made. Nothing was lost. Try again or tell the administrator."))
    if refused := _refused(done.stderr):
        log.warning("A paper asked for something outside itself.", extra={"refused": refused})
    return done.stdout


def _refused(report: bytes) -> int:
    last = report.splitlines()[-1] if report else b"{}"
    return int(json.loads(last)["refused"])
