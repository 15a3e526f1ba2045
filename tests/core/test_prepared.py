from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from accounts.models import User
from core.prepared import Prepared
from tests import factories

pytestmark = pytest.mark.django_db


def of_key() -> Prepared[User]:
    return Prepared(lambda pk: User.objects.active().filter(pk=pk), UUID(int=0))


def test_each_time_is_asked_of_the_database_with_the_values_of_that_time():
    one, other, ask = factories.user(), factories.user(), of_key()
    assert (ask(one.pk), ask(other.pk)) == (one, other)
    User.objects.filter(pk=one.pk).update(is_active=False)
    assert (ask(one.pk), ask(other.pk)) == (None, other)


def test_what_the_first_had_is_never_given_to_the_next():
    ask = of_key()
    assert ask(UUID(int=7)) is None
    assert ask(factories.user().pk) is not None


def test_a_prepared_question_asks_what_the_queryset_asks():
    user = factories.user()
    factories.membership(user, factories.organisation())
    day, plain = date.min, User.objects.with_held(date(2026, 3, 2)).get(pk=user.pk)
    prepared = Prepared(lambda day, pk: User.objects.with_held(day).filter(pk=pk), day, UUID(int=0))
    found = prepared(date(2026, 3, 2), user.pk)
    assert found is not None
    assert found.held == plain.held != []
    assert {field.name: getattr(found, field.name) for field in User._meta.concrete_fields} == {
        field.name: getattr(plain, field.name) for field in User._meta.concrete_fields
    }


def test_a_stand_in_that_does_not_reach_the_database_as_it_is_is_refused():
    ask = Prepared(lambda _moment: User.objects.active(), datetime.min.replace(tzinfo=UTC))
    with pytest.raises(ValueError, match="stand-in"):
        ask(datetime(2026, 3, 2, tzinfo=UTC))
