"""Who gets what of the pages about people. Of the first eight the team lead alone looks after anybody."""

_ADMINISTRATOR = {"get": [302, 302, *[404] * 6], "post": [302, 302, *[404] * 6]}
_SEEN = {"get": [302, 302, *[404] * 6], "post": [302, 302, *[405] * 6]}
_DONE = {"get": [302, 302, *[405] * 6], "post": [302, 302, *[404] * 6]}
_LEAD = [302, 302, 404, 404, 200, 404, 404, 404]
# A link that was made up: the same page for everybody, and first the other half for who is half signed in.
_LINK = {"get": [404, 302, *[404] * 6], "post": [404, 302, *[404] * 6]}
EXPECTED = {
    "administration:members": _SEEN,
    "administration:invite": _ADMINISTRATOR,
    "administration:invite_again": _DONE,
    "administration:withdraw_invitation": _DONE,
    "administration:colleague": {
        "get": [302, 302, 404, 404, 302, 404, 404, 404],
        "post": [302, 302, *[405] * 6],
    },
    "administration:member": {"get": _LEAD, "post": [302, 302, *[405] * 6]},
    "administration:change_function": _ADMINISTRATOR,
    "administration:leave": _ADMINISTRATOR,
    "administration:move": {"get": _LEAD, "post": _LEAD},
    "administration:help_sign_in": {"get": _LEAD, "post": _LEAD},
    "administration:reopen": _DONE,
    "administration:desk_help": _ADMINISTRATOR,
    "administration:review": _SEEN,
    "administration:start_review": _DONE,
    "administration:keep": _DONE,
    "administration:finish_review": _DONE,
    "administration:evidence": _SEEN,
    "administration:settings": _SEEN,
    "administration:setting": _SEEN,
    "administration:history": _SEEN,
    "administration:add": _ADMINISTRATOR,
    "administration:change": _ADMINISTRATOR,
    "administration:confirm": _DONE,
    "administration:import": _ADMINISTRATOR,
    "administration:import_errors": _DONE,
    "administration:accept": _LINK,
    "administration:recover": _LINK,
}


def _membership(world):
    return [world.worker.memberships.get().pk]


ARGUMENTS = {
    "administration:invite": lambda world: [world.shelter.pk],
    "administration:invite_again": lambda world: [world.invitation.pk],
    "administration:withdraw_invitation": lambda world: [world.invitation.pk],
    "administration:colleague": lambda world: [world.worker.pk],
    "administration:member": _membership,
    "administration:change_function": _membership,
    "administration:leave": _membership,
    "administration:move": _membership,
    "administration:help_sign_in": _membership,
    "administration:reopen": _membership,
    "administration:start_review": lambda world: [world.shelter.pk],
    "administration:keep": lambda world: [world.review_line.pk],
    "administration:finish_review": lambda world: [world.review.pk],
    "administration:evidence": lambda world: [world.finished_review.pk],
    "administration:setting": lambda world: ["normtijden"],
    "administration:history": lambda world: ["normtijden"],
    "administration:add": lambda world: ["normtijden", "overal"],
    "administration:change": lambda world: ["normtijden", "overal", world.norm.pk],
    "administration:confirm": lambda world: ["normtijden", "overal", world.norm.pk],
    "administration:accept": lambda world: ["verzonnen"],
    "administration:recover": lambda world: ["verzonnen"],
}
DOORS = {
    "organisation administrator": [
        "administration:members",
        "administration:invite",
        "administration:invite_again",
        "administration:withdraw_invitation",
        "administration:change_function",
        "administration:leave",
        "administration:reopen",
        "administration:review",
        "administration:start_review",
        "administration:keep",
        "administration:finish_review",
    ],
    "looks after somebody": [
        "administration:colleague",
        "administration:member",
        "administration:move",
        "administration:help_sign_in",
    ],
    "evidence of a review": ["administration:evidence"],
    "functional administrator": [
        "administration:settings",
        "administration:setting",
        "administration:history",
        "administration:add",
        "administration:change",
        "administration:confirm",
        "administration:import",
        "administration:import_errors",
    ],
    "helps at a desk": ["administration:desk_help"],
    "street with a link": ["administration:accept", "administration:recover"],
}


def build(world):
    """Add an invitation, a review that is going on and one that is finished."""
    from datetime import timedelta

    from accounts.models import AccessReview, Invitation, ReviewedMembership
    from organisations.models import Norm
    from tests.factories import NOW

    shelter, who = world.shelter, world.administrator
    world.norm = Norm.objects.get(subject="without_bridging")
    world.invitation = Invitation.objects.create(
        organisation=shelter,
        email="gevraagd@vinger.example",
        name="Gerda Gevraagd",
        roles=["worker"],
        made_by=who,
        made_at=NOW,
        expires_at=NOW + timedelta(days=7),
    )
    world.review = AccessReview.objects.create(organisation=shelter, started_by=who, started_at=NOW)
    world.review_line = ReviewedMembership.objects.create(
        review=world.review, membership=world.worker.memberships.get()
    )
    world.finished_review = AccessReview.objects.create(
        organisation=shelter, started_by=who, started_at=NOW, finished_by=who, finished_at=NOW
    )
