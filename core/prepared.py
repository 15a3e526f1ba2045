"""Questions that every page asks, put into SQL once: putting them together takes five times as long as their answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class _Question(Generic[M]):
    """The SQL, where the values go in it, and what its columns are: the fields of a row, then what was annotated."""

    model: type[M]
    sql: str
    places: Sequence[tuple[int | None, Any]]
    fields: Sequence[str]
    readers: Sequence[tuple[int, Callable[..., Any]]]
    annotated: Sequence[str]


class Prepared(Generic[M]):
    """A query of which only some values differ from one time to the next.

    `ask` makes the queryset, of whole rows, and is called once, with `stand_ins`. These must be values that stand
    nowhere else in the query, and must reach the database as they are: a moment, a day, a key, a text. Raises
    ValueError when one of them does not, for then a real value could not be put in its place.
    """

    def __init__(self, ask: Callable[..., models.QuerySet[M]], *stand_ins: object) -> None:
        self._ask, self._stand_ins = ask, stand_ins

    def __call__(self, *values: Any) -> M | None:
        """Return the first row of the answer, or None. Each call asks the database anew.

        What was annotated comes as the driver reads it: without Django's conversions.
        """
        asked = self._question
        with connection.cursor() as cursor:
            cursor.execute(asked.sql, tuple(fixed if place is None else values[place] for place, fixed in asked.places))
            found = cursor.fetchone()
        if found is None:
            return None
        read = list(found)
        for at, reader in asked.readers:
            read[at] = reader(read[at], None, connection)
        row = asked.model.from_db(DEFAULT_DB_ALIAS, asked.fields, read[: len(asked.fields)])
        for name, value in zip(asked.annotated, read[len(asked.fields) :], strict=True):
            setattr(row, name, value)
        return row

    @cached_property
    def _question(self) -> _Question[M]:
        asked = self._ask(*self._stand_ins)[:1]
        sql, parameters = asked.query.sql_with_params()
        places = [(_place(one, self._stand_ins), one) for one in parameters]
        if {place for place, _fixed in places} - {None} != set(range(len(self._stand_ins))):
            raise ValueError("a stand-in does not stand in the query as it is")
        fields = asked.model._meta.concrete_fields
        return _Question(
            model=asked.model,
            sql=sql,
            places=places,
            fields=[field.attname for field in fields],
            readers=[(at, field.from_db_value) for at, field in enumerate(fields) if hasattr(field, "from_db_value")],
            annotated=list(asked.query.annotation_select),
        )


def _place(parameter: object, stand_ins: tuple[object, ...]) -> int | None:
    return next((at for at, one in enumerate(stand_ins) if type(one) is type(parameter) and one == parameter), None)
