"""What somebody is shown of a plan, for the tests of making one and of its parts."""

from family_plans import operations
from family_plans.models import (
    FindingKind,
)
from family_plans.reading.plan import read
from family_plans.reading.shown import Reader
from tests import factories
from tests.family_plans.conftest import TODAY

NOW = factories.NOW


def note(plan, cast, kind=FindingKind.STRENGTH, by=None, domain="finances", text="Zij houdt haar post bij."):
    return operations.note_finding(
        plan, kind=kind, domain=cast.domains[domain], text=text, about=cast.client, by=by or cast.worker, at=NOW
    )


def shown_to(cast, plan, reader=None, **kwargs):
    return read(cast.family, plan, reader or Reader(), today=TODAY, **kwargs)


def part(shown, code):
    return next((one for one in shown.parts if one.domain.code == code), None)
