"""The list of families with five thousand on it: a page of fifty, for as many statements as with a few (D3)."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.models import Assignment, AssignmentKind, Involvement, Relation
from cases.models import Family, Person, Place
from tests import factories

MANY = 5_000


def _fill(cast, count):
    families = [Family(reference=f"BULK-{n:05}", opened_by=cast.shelter, opened_at=factories.NOW) for n in range(count)]
    Family.objects.bulk_create(families, batch_size=1000)
    Person.objects.bulk_create(
        (Person(family=one, place=Place.CLIENT, given_name="Noor", surname=one.reference) for one in families),
        batch_size=1000,
    )
    whole = {"organisation": cast.shelter, "starts_at": factories.NOW}
    Involvement.objects.bulk_create(
        (Involvement(family=one, relation=Relation.WORKING, source_id=one.pk, level=4, **whole) for one in families),
        batch_size=1000,
    )
    Assignment.objects.bulk_create(
        (Assignment(family=one, user=cast.worker, kind=AssignmentKind.WORKER, **whole) for one in families),
        batch_size=1000,
    )
    with connection.cursor() as cursor:
        # In life a table does not grow a hundredfold between two looks: the planner knows how large each one is.
        cursor.execute("ANALYZE cases_family, cases_person, access_involvement, access_assignment")


@pytest.mark.row("D3")
def test_a_list_of_five_thousand_families_opens_at_once_and_pages(client, sign_in, cast):
    sign_in(cast.worker)
    address = reverse("overview:families")

    def visit(query=""):
        began = time.perf_counter()
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address + query)
        return page, len(queries), time.perf_counter() - began

    visit()
    _few, statements, _seconds = visit()
    _fill(cast, MANY)
    first, many, seconds = visit()
    following, again, _seconds = visit(f"?na={first.context['page'].after}")

    assert many == again == statements
    assert len(first.context["page"].lines) == len(following.context["page"].lines) == 50
    seen = {line.url for line in first.context["page"].lines} & {line.url for line in following.context["page"].lines}
    assert not seen
    # The row asks for less than two seconds, and it takes some twenty milliseconds: no machine is that busy.
    assert seconds < 2
