"""A municipality whose settings are kept by somebody, and how she changes one."""

from datetime import date, timedelta

from accounts.models import Role
from administration import operations
from administration import settings as known
from organisations.models import CodeItem, CodeList, ContactPoint
from tests import factories
from tests.factories import NOW
from tests.organisations import factories as make

TODAY = NOW.date()
SOON = TODAY + timedelta(days=30)


class Town:
    def __init__(self):
        self.region = make.region()
        self.gemeente = factories.organisation("Gemeenteteam Oostrand", kind="municipality")
        self.zwolle = self.gemeente.municipality
        self.zwolle.veilig_thuis_region = self.region
        self.zwolle.save()
        self.clerk = factories.user(Role.FUNCTIONAL_ADMINISTRATOR, at=self.gemeente, name="Bram Heerema")
        self.lists = CodeList.objects.create(
            slug="trajectory_kind",
            title_nl="Soort traject",
            title_en="Kind of trajectory",
            basis="verified",
            source="x",
        )
        CodeItem.objects.create(
            code_list=self.lists, code="shelter", label_nl="Opvang", basis="verified", valid_from=date(2023, 1, 1)
        )
        make.organisation(of_kind="womens_shelter", name="De Haven aan zee", municipality=self.zwolle)
        ContactPoint.objects.create(
            municipality=self.zwolle,
            function_name="Contactpunt",
            central_phone="088-000 00 11",
            valid_from=date(2023, 1, 1),
        )


def change(town, slug, values, *, row=None, place="gemeente", on=TODAY, seen=None):
    setting = known.find(slug)
    return operations.change_setting(
        setting,
        row,
        values,
        place={one.key: one for one in known.places_of(town.zwolle)}[place],
        valid_from=on,
        seen=setting.fingerprint(row) if seen is None else seen,
        within_organisation=town.gemeente.pk,
        by=town.clerk,
        at=NOW,
    )
