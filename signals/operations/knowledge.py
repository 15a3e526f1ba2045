"""Short pages for partners, kept by the functional administrator. A change is a new version; the old one stays."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from organisations.models import OrganisationKind
from signals.models import KnowledgePage


@dataclass(frozen=True)
class KnowledgeText:
    """What stands on a page."""

    title: str
    signs: str
    what_to_do: str
    what_to_say: str = ""
    sources: str = ""


def write_knowledge(
    kind: OrganisationKind | None, text: KnowledgeText, *, within_organisation: UUID, by: User, at: datetime
) -> KnowledgePage:
    """Write the page for a kind of partner, or for everybody; the one that was there is kept as an earlier version."""
    op: Operation[KnowledgePage]
    with operation(Action.WRITE_KNOWLEDGE, within_organisation=within_organisation, by=by) as op:
        before = KnowledgePage.objects.select_for_update().filter(kind=kind, replaced_at=None).order_by("pk").first()
        if before is not None:
            before.replaced_at = at
            before.save(update_fields=["replaced_at"])
        made: KnowledgePage = KnowledgePage.objects.create(
            kind=kind,
            version=before.version + 1 if before else 1,
            written_at=at,
            written_by=by,
            **vars(text),
        )
        op.record(Event.KNOWLEDGE_WRITTEN, subject=made, version=made.version)
    return made
