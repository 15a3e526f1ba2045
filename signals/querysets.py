"""How signals and questions for advice are narrowed to what one user may see."""

from typing import TYPE_CHECKING, ClassVar, Self
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, Func, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat

from access import policy
from access.policy import Action
from access.querysets import ScopedQuerySet
from organisations.kinds import SHELTERS, DefaultKind
from organisations.models import Organisation

if TYPE_CHECKING:
    from accounts.models import User


def _plain(text: object) -> Func:
    return Func(text, function="plain_text", output_field=TextField())


class SignalQuerySet(ScopedQuerySet):
    view_action: ClassVar[Action] = Action.VIEW_SIGNAL

    def own(self, user: "User") -> Self:
        """Narrow to what this user reported, on behalf of an organisation where she still may.

        Never more than number, moment and status is shown of these: what becomes of a signal is not the reporter's.
        """
        organisations = user.organisations_as(policy.WITHIN_ORGANISATION[Action.REPORT_SIGNAL])
        return self.filter(reported_by_id=user.pk, organisation_id__in=organisations)

    def sent_as(self, token: str) -> Self:
        """Narrow to what was sent with this key of a form; nothing when it is no key."""
        try:
            return self.filter(token=UUID(token))
        except ValueError:
            return self.none()

    def at_desk_of(self, user: "User") -> Self:
        """Narrow to what lies at a duty desk where this user is on duty: it fits nobody, or nobody has the regie."""
        return self.filter(desk_id__in=user.organisations_as(policy.WITHIN_ORGANISATION[Action.WORK_AT_DESK]))

    def at_any_desk(self) -> Self:
        return self.unhandled().filter(desk__isnull=False)

    def unhandled(self) -> Self:
        return self.exclude(status="handled")

    def of_another_party(self, *, source: str, organisation_id: UUID) -> Self:
        """Narrow to what somebody else reported. What a worker writes down for a neighbour is the neighbour's."""
        return self.exclude(source=source, organisation_id=organisation_id)

    def waiting(self) -> Self:
        """Narrow to what has not reached a family: new, or looked for in vain until now."""
        return self.unhandled().filter(routed_at=None)

    def with_families(self, persons: QuerySet) -> Self:
        """Annotate `families`: those a waiting signal may be about, by the child that was chosen or named.

        `persons` are all children. A name and a day of birth that fit two families give two: nobody guesses.
        """
        chosen = persons.filter(pk=OuterRef("child_id"))
        typed = _plain(OuterRef("child_name"))
        named = persons.annotate(
            plain_given=_plain(F("given_name")),
            plain_full=_plain(Concat("given_name", Value(" "), "surname")),
        ).filter(Q(plain_given=typed) | Q(plain_full=typed), born_on=OuterRef("child_born_on"))
        return self.annotate(
            families=ArraySubquery(chosen.order_by().values("family_id")),
            families_by_name=ArraySubquery(named.order_by().values("family_id").distinct()),
        )


class CandidateQuerySet(QuerySet):
    def to_choose(self) -> Self:
        """Narrow to what was not refused by those who work for the family, the best fit first."""
        order = Case(When(fit="same", then=0), When(fit="alike", then=1), default=2)
        return self.filter(refused_at=None).order_by(order, "reference", "pk")


def answers_advice(user: "User") -> bool:
    """Say whether this user works at an organisation that is asked for advice: Veilig Thuis, or a shelter."""
    may = user.organisations_as(policy.WITHIN_ORGANISATION[Action.ANSWER_ADVICE])
    asked = Organisation.objects.filter(pk__in=may, kind__slug__in=[DefaultKind.VEILIG_THUIS, *SHELTERS])
    return bool(asked.exists())


class AdviceRequestQuerySet(QuerySet):
    def to_answer(self, user: "User") -> Self:
        """Narrow to what was asked of an organisation of this user and has no answer; the oldest first."""
        return self.of_answerer(user).filter(answered_at=None).order_by("asked_at", "pk")

    def of_answerer(self, user: "User") -> Self:
        """Narrow to what was asked of an organisation on whose behalf this user may answer."""
        may = user.organisations_as(policy.WITHIN_ORGANISATION[Action.ANSWER_ADVICE])
        return self.filter(to_organisation_id__in=may)


class VeiligThuisReportQuerySet(ScopedQuerySet):
    view_action: ClassVar[Action] = Action.VIEW_SIGNAL

    def sent_to(self, user: "User") -> Self:
        """Narrow to what was sent to a Veilig Thuis on whose behalf this user may answer."""
        may = user.organisations_as(policy.WITHIN_ORGANISATION[Action.ANSWER_ADVICE])
        return self.filter(to_organisation_id__in=may)
