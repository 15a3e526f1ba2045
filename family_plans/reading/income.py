"""Income, debts and housing as they stand: days without income counted, terms of the law, conditions with their end."""

from dataclasses import dataclass
from datetime import date

from cases.models import Family
from family_plans.models import Debts, HousingLine, IncomeLine
from family_plans.reading.shown import Reader


@dataclass(frozen=True)
class IncomeShown:
    line: IncomeLine
    days: int


@dataclass(frozen=True)
class IncomePage:
    """Which of the three a reader sees follows from the domains she reads: finances, housing."""

    may_read_finances: bool
    may_read_housing: bool
    income: list[IncomeShown]
    days_without: int
    debts: Debts | None
    housing: HousingLine | None
    days_waiting: int
    earlier_dwellings: int


def income_page(family: Family, reader: Reader, *, today: date) -> IncomePage:
    finances, housing = reader.may_read("finances", None), reader.may_read("housing", None)
    lines = IncomeLine.objects.filter(family=family) if finances else IncomeLine.objects.none()
    income = [IncomeShown(line, line.days_without(today)) for line in lines.order_by("-recorded_at", "pk")]
    dwellings = HousingLine.objects.filter(family=family) if housing else HousingLine.objects.none()
    current = dwellings.order_by("-recorded_at", "pk").first()
    return IncomePage(
        may_read_finances=finances,
        may_read_housing=housing,
        income=income,
        days_without=sum(one.days for one in income),
        debts=Debts.objects.filter(family=family).order_by("-noted_on", "-noted_at").first() if finances else None,
        housing=current,
        days_waiting=current.days_waiting(today) if current else 0,
        earlier_dwellings=dwellings.exclude(pk=current.pk).count() if current else 0,
    )
