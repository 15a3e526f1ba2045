"""Questions that every page asks, put into SQL once: putting them together takes five times as long as their answer."""

from collections.abc import Callable
from functools import cached_property
from typing import Generic, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


class Prepared(Generic[M]):
    """A query of which only some values differ from one time to the next.

    `ask` makes the queryset and is called once, with `stand_ins`. These must be values that stand nowhere else in the
    query, and must reach the database as they are: a moment, a day, a key, a text. Raises ValueError when one of them
    does not, for then a real value could not be put in its place.
    """

    def __init__(self, ask: Callable[..., models.QuerySet[M]], *stand_ins: object) -> None:
        self._ask, self._stand_ins = ask, stand_ins

    def __call__(self, *values: object) -> M | None:
        """Return the first row of the answer, or None. Each call asks the database anew.

        What was annotated comes as the driver reads it: without Django's conversions.
        """
        model, sql, places = self._put_together
        filled = [values[place] if place is not None else fixed for place, fixed in places]
        return next(iter(model._default_manager.raw(sql, filled)), None)

    @cached_property
    def _put_together(self) -> tuple[type[M], str, list[tuple[int | None, object]]]:
        asked = self._ask(*self._stand_ins)[:1]
        sql, parameters = asked.query.sql_with_params()
        places = [(_place(one, self._stand_ins), one) for one in parameters]
        if {place for place, _fixed in places} - {None} != set(range(len(self._stand_ins))):
            raise ValueError("a stand-in does not stand in the query as it is")
        return asked.model, sql, places


def _place(parameter: object, stand_ins: tuple[object, ...]) -> int | None:
    return next((at for at, one in enumerate(stand_ins) if type(one) is type(parameter) and one == parameter), None)
