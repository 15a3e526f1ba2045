"""A protected place in the demonstration: written down, and shown to one person for a time."""

from datetime import timedelta

from cases.models import ProtectedKind
from cases.operations import enter_place, grant_place
from overview.demo.steps import Story, as_in_the_browser


def protect_a_place(story: Story) -> None:
    """A code word, and the regisseur who may be shown it for a month. Invented, like everything here."""
    at = story.ago(2)
    with as_in_the_browser(story.worker):
        place = enter_place(
            story.client, kind=ProtectedKind.CODE_WORD, value="Blauwe paraplu", replaces=None, by=story.worker, at=at
        )
        grant_place(
            place,
            to=story.worker,
            because="Neemt op als het codewoord valt",
            ends_at=at + timedelta(days=30),
            second_factor_at=at,
            by=story.worker,
            at=at,
        )
