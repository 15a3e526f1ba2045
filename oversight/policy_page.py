"""The policy in words, made from `access.policy.GRANTS` itself: what a privacy officer reads is what decides."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from access.policy import AUTOMATIC, GRANTS, WITHIN_ORGANISATION, Action, Grant, Standing
from accounts.models import Role

STANDINGS = {
    Standing.ASSIGNED: gettext_lazy("who is assigned to the family"),
    Standing.REGISSEUR: gettext_lazy("the regisseur"),
    Standing.SUPPORTER: gettext_lazy("the supporter"),
    Standing.STAND_IN: gettext_lazy("the stand-in"),
    Standing.REGISSEURS_STAND_IN: gettext_lazy("the stand-in of the regisseur"),
    Standing.READER: gettext_lazy("the named reader of a share"),
    Standing.BROKE_GLASS: gettext_lazy("a colleague in an emergency, for four hours"),
    Standing.WORKING_ORGANISATION: gettext_lazy("at an organisation that works with the family"),
    Standing.REGISSEURS_ORGANISATION: gettext_lazy("at the organisation of the regisseur"),
    Standing.PARTNER_ORGANISATION: gettext_lazy("at an organisation it was shared with"),
    Standing.SENDING: gettext_lazy("who hands the family over"),
    Standing.RECEIVING: gettext_lazy("at the organisation that is offered the family"),
    Standing.HANDED_OVER: gettext_lazy("who handed the family over"),
    Standing.HAS_IT_WITH_SOMEBODY: gettext_lazy("at an organisation that has, or had, to do with the family"),
    Standing.RESPONSIBLE_MUNICIPALITY: gettext_lazy("at the responsible municipality"),
    Standing.HAS_IT_WITH_SOMEBODY: gettext_lazy("at an organisation where somebody has the family on her list"),
}
ACTIONS = {
    Action.VIEW_FAMILY: gettext_lazy("Read the file"),
    Action.VIEW_CLOCKS: gettext_lazy("See the reference, the name and the terms"),
    Action.VIEW_WORKING_FILE: gettext_lazy("Read what is never shared"),
    Action.EDIT_FAMILY: gettext_lazy("Change the file"),
    Action.MERGE_FAMILIES: gettext_lazy("Put two files together"),
    Action.CLOSE_FOLLOW_UP: gettext_lazy("Tick off work"),
    Action.SHARE: gettext_lazy("Share, and stop sharing"),
    Action.WEIGH_ALONG: gettext_lazy("Weigh along when asked by name"),
    Action.VIEW_ALERT: gettext_lazy("See that a family needs attention, and whom to call"),
    Action.VIEW_SAFETY_PLAN: gettext_lazy("Read the safety plan"),
    Action.EDIT_SAFETY_PLAN: gettext_lazy("Write the safety plan"),
    Action.CONFIRM_SAFETY_PLAN: gettext_lazy("Say that she read the safety plan"),
    Action.VIEW_FAMILY_PLAN: gettext_lazy("Read the family plan"),
    Action.EDIT_FAMILY_PLAN: gettext_lazy("Write the family plan"),
    Action.CONTRIBUTE_TO_PLAN: gettext_lazy("Work on the domains that were shared"),
    Action.VIEW_TREATMENT: gettext_lazy("Read about the help of whoever causes harm"),
    Action.ESCALATE_STAGNATION: gettext_lazy("Take what is stuck to the municipality"),
    Action.PLAN_DEPARTURE: gettext_lazy("Plan the departure"),
    Action.VIEW_HANDOVER: gettext_lazy("Read a handover"),
    Action.OFFER_HANDOVER: gettext_lazy("Offer a handover"),
    Action.ANSWER_HANDOVER: gettext_lazy("Answer a handover"),
    Action.HOLD_CONVERSATION: gettext_lazy("Record the conversation about a handover"),
    Action.APPOINT_REGISSEUR: gettext_lazy("Choose a regisseur where there is none"),
    Action.REPLACE_REGISSEUR: gettext_lazy("Replace the regisseur"),
    Action.MAKE_STAND_IN: gettext_lazy("Make somebody stand-in"),
    Action.VIEW_OWN_RECORDS: gettext_lazy("Read the own records after a handover"),
    Action.RECORD_CHECK_IN: gettext_lazy("Record a contact"),
    Action.CLOSE_TRAJECTORY: gettext_lazy("Close a track"),
    Action.ALLOW_EARLY_CLOSING: gettext_lazy("Allow a track to be closed early"),
    Action.VIEW_SIGNAL: gettext_lazy("Read a signal"),
    Action.TRIAGE_SIGNAL: gettext_lazy("Judge a signal"),
    Action.DECIDE_MELDCODE: gettext_lazy("Decide about reporting to Veilig Thuis"),
    Action.VIEW_DESK_FAMILIES: gettext_lazy("See which families have no regisseur, by reference"),
    Action.VIEW_MUNICIPAL_LIST: gettext_lazy("See the families of the municipality, by reference"),
    Action.ANSWER_STAGNATION: gettext_lazy("Answer about what is stuck"),
    Action.ENTER_PROTECTED: gettext_lazy("Write down a protected value without reading it"),
    Action.GRANT_PROTECTED: gettext_lazy("Give somebody access to one protected value"),
    Action.REVEAL_PROTECTED: gettext_lazy("Be shown one protected value, with a grant of her own"),
    Action.BAR: gettext_lazy("Keep somebody out of the file"),
    Action.REVIEW_BREAK_GLASS: gettext_lazy("Judge an emergency; nothing of the file"),
    Action.VIEW_READERS: gettext_lazy("Read who looked into the file"),
    Action.ANSWER_RIGHTS: gettext_lazy("Answer who asks what is kept about her, as one of two"),
    Action.HOLD: gettext_lazy("Keep a file from being destroyed or changed"),
    Action.APPROVE_DESTRUCTION: gettext_lazy("Approve that files are destroyed, as one of two"),
    Action.SET_DECOY: gettext_lazy("Make a file a decoy"),
    Action.OPEN_FAMILY: gettext_lazy("Open a new file"),
    Action.REPORT_SIGNAL: gettext_lazy("Report a worry"),
    Action.SET_OWN_REMINDERS: gettext_lazy("Set the own reminders"),
    Action.RECORD_ABSENCE: gettext_lazy("Record that somebody of the team is away"),
    Action.VIEW_OPERATION: gettext_lazy("See whether the reminders run"),
    Action.ANSWER_ADVICE: gettext_lazy("Answer a question without names"),
    Action.HEAR_OF_ACCEPTANCE: gettext_lazy("Hear that a colleague accepted a handover"),
    Action.ANSWER_AS_PARTNER: gettext_lazy("Answer what a partner is asked"),
    Action.BREAK_GLASS: gettext_lazy("Open a file in an emergency"),
    Action.WORK_AT_DESK: gettext_lazy("Place signals that fit nobody"),
    Action.WRITE_KNOWLEDGE: gettext_lazy("Write the pages for partners"),
    Action.READ_ON: gettext_lazy("Read on after many files, with the second step"),
    Action.READ_LOG: gettext_lazy("Read the log of the own organisation"),
    Action.EXPORT_PROOF: gettext_lazy("Take out a proof of the log"),
    Action.EXPORT_INSPECTION: gettext_lazy("Take out an export without names for an inspectorate"),
    Action.SETTLE_ALERT: gettext_lazy("Settle an alert"),
    Action.ROUTE_SIGNAL: gettext_lazy("Bring a signal to the regisseur"),
    Action.WATCH_REGIE: gettext_lazy("Notice that nobody is regisseur"),
    Action.WATCH_SILENCE: gettext_lazy("Notice that a family is out of sight"),
    Action.COMPARE_FAMILIES: gettext_lazy("Notice that a family is in two files"),
}


@dataclass(frozen=True)
class Line:
    """One action, and everybody who may. `who` are sentences; empty means nobody."""

    action: str
    who: list[str]


def tables() -> dict[str, list[Line]]:
    """Return the whole policy: about one family, within an organisation, and what jobs do as nobody."""
    return {
        "about_family": [Line(in_words(action), _merged(grants)) for action, grants in GRANTS.items()],
        "within": [Line(in_words(action), [_roles(roles)]) for action, roles in WITHIN_ORGANISATION.items()],
        "automatic": [Line(in_words(action), [_("a job, as nobody")]) for action in sorted(AUTOMATIC)],
    }


def in_words(action: Action) -> str:
    """Return what an action is called; the name in the code for one that nobody described yet."""
    return str(ACTIONS.get(action, action.value.replace("_", " ")))


def _merged(grants: tuple[Grant, ...]) -> list[str]:
    return [_sentence(grant) for grant in grants]


def _sentence(grant: Grant) -> str:
    values = {
        "role": _roles(grant.roles),
        "standing": str(STANDINGS.get(grant.standing, grant.standing.name.lower().replace("_", " "))),
        "level": grant.level,
    }
    if grant.level:
        return _("%(role)s: %(standing)s, from level %(level)s") % values
    return _("%(role)s: %(standing)s") % values


def _roles(roles: frozenset[str]) -> str:
    if roles == frozenset(Role.values):
        return _("everybody who works here")
    return ", ".join(sorted(str(Role(role).label) for role in roles))
