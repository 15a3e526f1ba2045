"""docs/demo.md: which family of the demonstration shows which step of the story, and who signs in to see it.

python -m ops.demo_page write | check
"""

import os
from datetime import date

import django
from django.utils import translation

from ops import written

DOCUMENT = "docs/demo.md"
_HEAD = """# The demonstration

Written by `python -m ops.demo_page write` from `overview/demo`; `make check` notices when it is behind. Everybody in it
is invented. `make run` prints the passwords and codes; they exist on that machine only.

"""


def text() -> str:
    """Return the page. Django must have been set up."""
    from accounts.demo import DOMAIN
    from accounts.models import Role
    from overview.demo.families import openings
    from overview.demo.people import PEOPLE
    from overview.demo.rows import SEEN

    with translation.override("en"):
        people = [f"| {login}@{DOMAIN} | {name} | {Role(role).label} | {at} |" for login, name, role, at in PEOPLE]
    # Any day will do: the steps are relative to it and the page holds no dates.
    families = [
        f"| {one.client.given_name} {one.client.surname} | {one.shelter} | {one.shows} |"
        for one in openings(date(2026, 3, 2))
    ]
    return _HEAD + "\n".join(
        [
            "## Families",
            "",
            "| Family | Came in at | Shows of the story |",
            "|---|---|---|",
            *families,
            "",
            "## Rows of the acceptance list, and where they are seen",
            "",
            "| Row | Sign in as | Family | Look at |",
            "|---|---|---|---|",
            *(f"| {', '.join(one.rows)} | {one.login}@{DOMAIN} | {one.family} | {one.look} |" for one in SEEN),
            "",
            "## Sign-ins",
            "",
            "| Login | Name | Role | Organisation |",
            "|---|---|---|---|",
            *people,
            "",
        ]
    )


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    django.setup()
    written.run("ops.demo_page", {DOCUMENT: text})


if __name__ == "__main__":
    main()
