"""What reading looks like when it is not for the work (R46). Each pattern asks the log, and the rows as they are now.

Run as the jobs' role: it sees all families, and nothing of class A. That somebody lives in the same street cannot be
noticed: where families live is class A, and where staff live is not known here at all.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.utils import timezone

from access.models import Assignment, AssignmentKind, Decoy, Involvement
from access.policy import WORKS_WITH
from audit.models import AuditEvent
from cases.models import Family
from oversight.models import Pattern

# From when a number is more than the work asks, per person and day.
MANY_FAMILIES, MANY_SEARCHES, MANY_REFUSALS = 40, 40, 5
# Per person and week; of the own records after a handover, per person, family and month.
MANY_EMERGENCIES, MANY_DAYS_BACK = 3, 3
MANY_TRIES_BACK = 2
# At these kinds of organisations somebody is awake at night. Elsewhere one file is enough to ask.
AT_WORK_AT_NIGHT = ("womens_shelter", "mens_shelter", "veilig_thuis")
MANY_AT_NIGHT = 5


@dataclass
class Finding:
    """One person, one pattern, one day, with the events it was seen in."""

    pattern: Pattern
    actor_id: UUID
    family_id: UUID | None
    on_day: date
    seen: list[tuple[datetime, UUID]] = field(default_factory=list)


def findings(since: datetime, until: datetime) -> list[Finding]:
    """Return what stands out between two moments (half-open), one per pattern, person, family and day."""
    found: dict[tuple[object, ...], Finding] = {}
    rows = [*_from_the_log(since, until), *_refusals(since, until)]
    for pattern, actor, family, at, event in rows:
        day = timezone.localdate(at)
        one = found.setdefault((pattern, actor, family, day), Finding(Pattern(pattern), actor, family, day))
        one.seen.append((at, event))
    return list(found.values())


Row = tuple[str, UUID, UUID | None, datetime, UUID]


def _from_the_log(since: datetime, until: datetime) -> Iterator[Row]:
    values: dict[str, Any] = {
        "since": since,
        "until": until,
        "week": until - timedelta(days=7),
        "month": until - timedelta(days=30),
        "families": MANY_FAMILIES,
        "searches": MANY_SEARCHES,
        "emergencies": MANY_EMERGENCIES,
        "days_back": MANY_DAYS_BACK,
        "night_kinds": list(AT_WORK_AT_NIGHT),
        "night_many": MANY_AT_NIGHT,
        "zone": timezone.get_current_timezone_name(),
    }
    with connection.cursor() as cursor:
        for query in (_NAMES, _DECOYS, _NIGHT, _BACK_AGAIN, _BREADTH, _EMERGENCIES):
            cursor.execute(query.replace("@read", _READ), values)
            yield from cursor.fetchall()


def _refusals(since: datetime, until: datetime) -> Iterator[Row]:
    """Yield what was asked for and refused: by somebody who is barred, who handed over, or who tries what comes up."""
    refused = list(
        AuditEvent.objects.filter(
            event="access.denied", occurred_at__gte=since, occurred_at__lt=until, actor_id__isnull=False
        ).order_by("occurred_at")
    )
    families = _families_of(refused)
    yield from _on_families([(one, families[one.pk]) for one in refused if one.pk in families])
    tried: dict[tuple[UUID | None, date], dict[str, AuditEvent]] = defaultdict(dict)
    for one in refused:
        if asked := str(one.details.get("key") or one.subject_id or ""):
            tried[one.actor_id, timezone.localdate(one.occurred_at)].setdefault(asked, one)
    for per_row in tried.values():
        if len(per_row) >= MANY_REFUSALS:
            yield from (_row(Pattern.GUESSING, None, one) for one in per_row.values())


def _on_families(refused: list[tuple[AuditEvent, UUID]]) -> Iterator[Row]:
    decoys = set(Decoy.objects.standing().values_list("family_id", flat=True))
    standing = _standing([(one.actor_id, family) for one, family in refused if one.actor_id])
    went_back: dict[tuple[UUID | None, UUID], list[AuditEvent]] = defaultdict(list)
    for one, family in refused:
        kinds = standing.get((one.actor_id, family), ())  # type: ignore[arg-type]  # only rows with an actor come here
        if "barred" in kinds:
            yield _row(Pattern.BARRED, family, one)
        elif "left" in kinds:
            went_back[one.actor_id, family].append(one)
        if family in decoys:
            yield _row(Pattern.DECOY, family, one)
    for (_actor, family), tries in went_back.items():
        # Once is a page that was still open.
        if len(tries) >= MANY_TRIES_BACK:
            yield from (_row(Pattern.AFTER_HANDOVER, family, one) for one in tries)


def _row(pattern: Pattern, family: UUID | None, one: AuditEvent) -> Row:
    if one.actor_id is None:
        raise AssertionError("only what somebody did is asked for")
    return pattern, one.actor_id, family, one.occurred_at, one.pk


def _families_of(refused: list[AuditEvent]) -> dict[UUID, UUID]:
    """Return of which family each refused row is. A request cannot say so: it may not know that there is one."""
    found = {one.pk: one.family_id for one in refused if one.family_id}
    asked: dict[str, dict[str, list[UUID]]] = defaultdict(lambda: defaultdict(list))
    for one in refused:
        if one.pk not in found and one.details.get("key"):
            asked[str(one.details["asked"])][str(one.details["key"])].append(one.pk)
    for label, keys in asked.items():
        if label == "reference":
            rows = Family._base_manager.filter(reference__in=keys).values_list("reference", "pk")
        else:
            model = apps.get_model(label)
            names = {"pk"} if model is Family else {one.name for one in model._meta.get_fields()}
            if "family" not in names and model is not Family:
                continue
            path = "pk" if model is Family else "family_id"
            rows = model._base_manager.filter(pk__in=keys).values_list("pk", path)
        for key, family in rows:
            found |= dict.fromkeys(keys[str(key)], family)
    return found


def _standing(pairs: list[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], set[str]]:
    """Return per person and family whether she is barred from it, or worked for it and does not any more."""
    now = timezone.now()
    found: dict[tuple[UUID, UUID], set[str]] = defaultdict(set)
    actors, families = {actor for actor, _family in pairs}, {family for _actor, family in pairs}
    doors = Involvement.objects.live(now).filter(family_id__in=families, relation__in=WORKS_WITH)
    open_doors = set(doors.values_list("organisation_id", "family_id"))
    at_work = set()
    for one in Assignment._base_manager.filter(user_id__in=actors, family_id__in=families).exclude(kind="reader"):
        pair = (one.user_id, one.family_id)
        if one.kind == AssignmentKind.BARRED:
            found[pair] |= {"barred"} if one.is_live() else set()
        elif one.is_live() and (one.organisation_id, one.family_id) in open_doors:
            at_work.add(pair)
        else:
            # Also who is assigned still, by an organisation that handed over.
            found[pair].add("left")
    for pair in at_work:
        found[pair].discard("left")
    return found


# Reading by a person, of a family, between two moments.
_READ = """
    SELECT e.id, e.actor_id, e.family_id, e.occurred_at FROM audit_auditevent e
    WHERE e.occurred_at >= %(since)s AND e.occurred_at < %(until)s AND e.result = 'done'
    AND e.actor_id IS NOT NULL AND e.family_id IS NOT NULL AND e.event ~ '(viewed|revealed)$'
    -- Who looks into alerts and emergencies reads no file.
    AND e.event NOT IN ('log.viewed', 'readers.viewed', 'break_glass.viewed', 'disclosures.viewed', 'holdings.viewed')
"""
# By sound, as everywhere: all of the name is somebody in the file herself, the last part is family.
_NAMES = """
    WITH read AS (@read), names AS (
        SELECT p.family_id, p.name_words AS words, name_words(p.surname) AS last FROM cases_person p
        UNION ALL SELECT v.family_id, v.name_words, v.name_words FROM cases_namevariant v
        UNION ALL SELECT n.family_id, name_words(n.name), '{}' FROM cases_networkmember n
    )
    SELECT DISTINCT ON (e.id)
        CASE WHEN n.words = name_words(u.name) THEN 'own_family' ELSE 'same_surname' END AS pattern,
        e.actor_id, e.family_id, e.occurred_at, e.id
    FROM read e JOIN accounts_user u ON u.id = e.actor_id JOIN names n ON n.family_id = e.family_id
    WHERE n.words = name_words(u.name) OR n.last && name_words(regexp_replace(u.name, '^[^ ]+ *', ''))
    ORDER BY e.id, pattern
"""
_DECOYS = """
    SELECT 'decoy', e.actor_id, e.family_id, e.occurred_at, e.id FROM (@read) e
    JOIN access_decoy d ON d.family_id = e.family_id AND d.set_at <= e.occurred_at
    AND (d.ended_at IS NULL OR d.ended_at > e.occurred_at)
    WHERE e.actor_id <> d.set_by_id AND NOT EXISTS (
        SELECT 1 FROM access_assignment a WHERE a.family_id = e.family_id AND a.user_id = e.actor_id
        AND a.kind <> 'barred' AND a.starts_at <= e.occurred_at
    )
    UNION ALL
    SELECT 'decoy', e.actor_id, e.family_id, e.occurred_at, e.id FROM (
        SELECT e.id, e.actor_id, g.family_id, e.occurred_at FROM audit_auditevent e
        JOIN access_breakglass g ON g.id = e.subject_id
        WHERE e.event = 'break_glass.done' AND e.occurred_at >= %(since)s AND e.occurred_at < %(until)s
    ) e JOIN access_decoy d ON d.family_id = e.family_id AND d.ended_at IS NULL AND d.set_at <= e.occurred_at
"""
_NIGHT = """
    WITH night AS (
        SELECT e.*, (e.occurred_at AT TIME ZONE %(zone)s - interval '6 hours')::date AS evening FROM (@read) e
        WHERE extract(hour FROM e.occurred_at AT TIME ZONE %(zone)s) NOT BETWEEN 6 AND 22
    ), counted AS (SELECT actor_id, evening, count(DISTINCT family_id) AS families FROM night GROUP BY 1, 2)
    SELECT 'night', e.actor_id, NULL::uuid, e.occurred_at, e.id FROM night e
    JOIN counted c ON c.actor_id = e.actor_id AND c.evening = e.evening
    WHERE c.families >= %(night_many)s OR NOT EXISTS (
        SELECT 1 FROM accounts_membership m JOIN organisations_organisation o ON o.id = m.organisation_id
        JOIN organisations_organisationkind k ON k.id = o.kind_id
        WHERE m.user_id = e.actor_id AND k.slug = ANY (%(night_kinds)s)
        AND (m.ends_on IS NULL OR m.ends_on > e.occurred_at::date)
    )
"""
# Once to look something up is what those records are for.
_BACK_AGAIN = """
    SELECT 'after_handover', e.actor_id, e.family_id, e.occurred_at, e.id FROM audit_auditevent e
    WHERE e.event = 'own_records.viewed' AND e.occurred_at >= %(since)s AND e.occurred_at < %(until)s
    AND (
        SELECT count(DISTINCT (o.occurred_at AT TIME ZONE %(zone)s)::date) FROM audit_auditevent o
        WHERE o.event = 'own_records.viewed' AND o.actor_id = e.actor_id AND o.family_id = e.family_id
        AND o.occurred_at >= %(month)s AND o.occurred_at < %(until)s
    ) >= %(days_back)s
"""
_BREADTH = """
    WITH done AS (
        SELECT e.id, e.actor_id, e.family_id, e.occurred_at FROM (@read) e
        UNION ALL SELECT s.id, s.actor_id, NULL, s.occurred_at FROM audit_auditevent s
        WHERE s.event = 'families.searched' AND s.occurred_at >= %(since)s AND s.occurred_at < %(until)s
    ), counted AS (
        SELECT actor_id, (occurred_at AT TIME ZONE %(zone)s)::date AS on_day, count(DISTINCT family_id) AS families,
            count(*) FILTER (WHERE family_id IS NULL) AS searches
        FROM done GROUP BY 1, 2
    )
    SELECT 'breadth', e.actor_id, NULL::uuid, e.occurred_at, e.id FROM done e
    JOIN counted c ON c.actor_id = e.actor_id AND c.on_day = (e.occurred_at AT TIME ZONE %(zone)s)::date
    WHERE c.families > %(families)s OR c.searches >= %(searches)s
    UNION ALL
    SELECT 'breadth', e.actor_id, NULL, e.occurred_at, e.id FROM audit_auditevent e
    WHERE e.event IN ('reading.stopped', 'reading.resumed')
    AND e.occurred_at >= %(since)s AND e.occurred_at < %(until)s
"""
_EMERGENCIES = """
    SELECT 'emergencies', e.actor_id, NULL::uuid, e.occurred_at, e.id FROM audit_auditevent e
    WHERE e.event = 'break_glass.done' AND e.occurred_at >= %(since)s AND e.occurred_at < %(until)s
    AND (
        SELECT count(*) FROM audit_auditevent o WHERE o.event = 'break_glass.done' AND o.actor_id = e.actor_id
        AND o.occurred_at >= %(week)s AND o.occurred_at < %(until)s
    ) >= %(emergencies)s
"""
