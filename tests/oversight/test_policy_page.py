"""The policy as a page: every line of the table that decides, in words."""

import pytest
from django.urls import reverse

from access.policy import AUTOMATIC, GRANTS, WITHIN_ORGANISATION, Action
from oversight import policy_page


def test_every_line_of_the_table_is_on_the_page(cast, client, sign_in):
    page = sign_in(cast.privacy_officer).get(reverse("oversight:who_may"))

    assert [len(line.who) for line in page.context["about_family"]] == [len(grants) for grants in GRANTS.values()]
    assert len(page.context["within"]) == len(WITHIN_ORGANISATION)
    assert len(page.context["automatic"]) == len(AUTOMATIC)
    text = page.content.decode()
    for line in page.context["about_family"]:
        for who in line.who:
            assert who.split(":")[0] in text


@pytest.mark.parametrize("action", Action)
def test_every_action_is_in_the_table_and_has_words(action):
    assert action in GRANTS or action in WITHIN_ORGANISATION or action in AUTOMATIC
    assert policy_page.in_words(action)
