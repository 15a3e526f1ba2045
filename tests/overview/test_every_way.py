"""A page that nobody is led to is a page that nobody reads: from the first page on, links lead everywhere, and work."""

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from organisations import reference_data
from tests.architecture.test_urls import EXPECTED
from tests.browser.crawl import pages_of

# For a program that watches, and the page behind the button that hides the screen.
BY_NO_LINK = {"healthy", "hide", *(f"overview:healthy_{what}" for what in ("dispatch", "mail", "sweep"))}
# The demonstration shows no family, draft or question in the state in which this link is there.
IN_ANOTHER_STATE = {
    *("aftercare:close", "aftercare:reopen"),
    "cases:lift_bar",
    "family_plans:report",
    "handover:hold_visit",
    "municipalities:summons",
    *("oversight:read_on", "oversight:refuse_request", "oversight:request", "oversight:request_paper"),
    *("safety_plans:activate", "safety_plans:change", "safety_plans:edit", "safety_plans:write"),
    *("signals:answer_question", "signals:decide", "signals:decide_reopening"),
    *("signals:record_answer", "signals:report_paper"),
}


@pytest.mark.slow
def test_links_lead_to_every_page_and_to_none_that_is_shut(settings, sign_in, monkeypatch):
    settings.DEMO = True
    # Whether a paper is made in time on a busy machine is asked elsewhere.
    monkeypatch.setattr("core.paper.rendering.press", lambda html, **limits: b"%PDF-" + html.encode())
    reference_data.load()
    call_command("load_demo", verbosity=0)
    reached, dead = set(), []
    for user in User.objects.filter(email__endswith="@vinger.example", is_active=True):
        reached |= {page.name for page in pages_of(sign_in(user, Client()), dead)}
    pages = {name for name, methods in EXPECTED.items() if leads_somewhere(methods["get"])}
    assert dead == []
    assert pages - reached == BY_NO_LINK | IN_ANOTHER_STATE


def leads_somewhere(statuses):
    return 200 in (statuses if isinstance(statuses, list) else [statuses])
