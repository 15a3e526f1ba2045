"""The pages a person waits for, asked for as a browser asks: signed in with both factors, through every middleware."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client, override_settings
from django.test.client import ClientHandler
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from access.models import Assignment
from accounts.models import User
from benchmarks.data import COMMONEST, World
from cases.models import Person, Place, SafeContact
from overview import worklist

_OF_TRANSACTIONS = {"BEGIN", "SAVEPOINT", "RELEASE", "COMMIT"}


@dataclass(frozen=True)
class Asked:
    """One page, as one person asks for it."""

    name: str
    get: Callable[[], object]

    def statements(self) -> int:
        """Count what one visit asks of the database, session and user included; BEGIN and its like ask nothing."""
        self.get()
        with CaptureQueriesContext(connection) as asked:
            self.get()
        return sum(query["sql"].split(maxsplit=1)[0] not in _OF_TRANSACTIONS for query in asked)


class _Bare(ClientHandler):
    """Answers with the control page, whatever the address.

    It names the addresses on the request: changing ROOT_URLCONF around each visit made Django forget those of the
    program, so that the next page had to put them together again, and paid for it.
    """

    def get_response(self, request: Any) -> Any:
        request.urlconf = "benchmarks.control"
        return super().get_response(request)


def control() -> Callable[[], object]:
    """Return the visit to the control page: the same client, no middleware, no database."""
    client = Client()
    client.handler = _Bare(enforce_csrf_checks=False)
    with override_settings(MIDDLEWARE=[]):
        client.handler.load_middleware()
    assert b"reference 49" in client.get("/").content
    return lambda: client.get("/")


def pages(world: World) -> list[Asked]:
    typical, largest, coordinator = map(signed_in, (world.typical, world.largest, world.coordinator))
    families = reverse("overview:families")
    return [
        Asked("caseload of a typical worker", _visit(typical, families)),
        Asked("caseload of the largest", _visit(largest, families)),
        Asked("caseload, deep page", _visit(largest, f"{families}?na={_deep(world.largest)}")),
        Asked("Vandaag", _visit(typical, reverse("overview:today"))),
        Asked("family page", _visit(typical, world.family.get_absolute_url())),
        Asked("signals", _visit(typical, reverse("signals:signals"))),
        Asked("municipality", _visit(coordinator, reverse("municipalities:families"))),
        Asked("figures", _visit(coordinator, f"{reverse('municipalities:figures')}?plek=NL&jaar=2024")),
        Asked("signal sent", _report(world.signaller)),
        *_searches(world.typical),
    ]


def _searches(user: User) -> list[Asked]:
    """Return what somebody searches by, each as she types it: for a family of hers, and for the name that most have."""
    hers = Assignment.objects.filter(user=user).values("family_id")
    clients = Person.objects.filter(place=Place.CLIENT, family__in=hers, born_on__isnull=False)
    clients = clients.select_related("family").order_by("pk")
    one, other = clients.exclude(surname=COMMONEST)[0], clients.filter(surname=COMMONEST)[0]
    phone = SafeContact.objects.get(person=one).phone
    client = signed_in(user)
    typed = {
        "by a name": ({"name": one.name}, one),
        "by the commonest name": ({"name": COMMONEST}, other),
        "by a date of birth": ({"born_on": one.born_on.isoformat()}, one),
        "by a phone number": ({"phone": phone}, one),
        "by a reference": ({"reference": one.family.reference}, one),
    }
    return [Asked(f"search {how}", _search(client, answers, sought)) for how, (answers, sought) in typed.items()]


def _search(client: Client, typed: dict[str, str], sought: Person) -> Callable[[], object]:
    found = sought.family.get_absolute_url().encode()

    def post() -> object:
        answer = client.post(reverse("cases:find_family"), typed)
        assert found in answer.content, f"the family was not found by {list(typed)}"
        return answer

    return post


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="accounts.backends.Password")
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def _visit(client: Client, path: str) -> Callable[[], object]:
    def get() -> object:
        answer = client.get(path)
        assert answer.status_code == 200, f"{path} answered {answer.status_code}"
        return answer

    return get


def _report(signaller: User) -> Callable[[], object]:
    """A worry about a child that is not on the list, a new one each time: what it costs to take it in."""
    client = signed_in(signaller)
    typed = {
        "organisation": str(signaller.memberships.get().organisation_id),
        "acute": "no",
        "child": "another",
        "child_name": "Daan Voorbeeld",
        "child_born_on": "2018-02-01",
        "kind": "facts",
        "what_seen": "Daan durft na school niet naar huis.",
        "callback_phone": "088 000 04 56",
    }

    def post() -> object:
        answer = client.post(reverse("signals:report"), typed | {"token": str(uuid4())})
        assert answer.status_code == 302, "the form for a worry did not accept it"
        return answer

    return post


def _deep(user: User) -> str:
    """Return the key of the 200th page, or of the last there is."""
    after = ""
    for _page in range(199):
        following = worklist.caseload(user, today=timezone.localdate(), after=after).after
        if not following:
            break
        after = following
    return after
