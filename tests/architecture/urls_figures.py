"""Who gets what of the pages with published figures and of a pilot: of this row nobody, but for the short survey."""

_PAGE = {"get": [302, 302, *[404] * 6], "post": [302, 302, *[405] * 6]}
_FORM = {"get": [302, 302, *[404] * 6], "post": [302, 302, *[404] * 6]}
# Whoever works somewhere, and no signaller.
_PROFESSIONAL = {"get": [302, 302, *[200] * 6], "post": [302, 302, *[405] * 6]}
_KEPT = ["add_indicator", "join_pilot", "move_pilot", "note_lesson"]
EXPECTED = {
    "municipalities:figures": _PAGE,
    "municipalities:monitor": _PAGE,
    "municipalities:yearly_report": _PAGE,
    "municipalities:export_figures": _PAGE,
    "municipalities:pilots": _PAGE,
    "municipalities:pilot": _PAGE,
    "municipalities:pilot_report": _PAGE,
    "municipalities:record_pilot": _FORM,
    # Kept by a municipality of which nobody here is coordinator: tests/municipalities/test_pilots.py.
    **{f"municipalities:{name}": _FORM for name in _KEPT},
    "municipalities:write_chapter": _FORM,
    "municipalities:change_indicator": _FORM,
    "municipalities:profile": _FORM,
    "municipalities:lock_pilot": {"get": [302, 302, *[405] * 6], "post": [302, 302, *[404] * 6]},
    # Of a pilot in which the municipality of none of them takes part.
    "municipalities:survey": _FORM,
    "municipalities:surveys": _PROFESSIONAL,
    "municipalities:survey_paper": _PROFESSIONAL,
}
ARGUMENTS = {
    "municipalities:export_figures": lambda _world: ["csv"],
    **{f"municipalities:{name}": lambda world: [world.pilot.pk] for name in [*_KEPT, "pilot", "pilot_report"]},
    "municipalities:lock_pilot": lambda world: [world.pilot.pk],
    "municipalities:write_chapter": lambda world: [world.pilot.pk, 1],
    "municipalities:change_indicator": lambda world: [world.indicator.pk],
    "municipalities:profile": lambda world: [world.participant.pk],
    "municipalities:survey": lambda world: [world.pilot.pk, "client"],
    "municipalities:survey_paper": lambda _world: ["client"],
}
DOORS = {
    # Also who leads the project in a region (B32).
    "reads the figures": [
        "municipalities:export_figures",
        "municipalities:figures",
        "municipalities:monitor",
        "municipalities:pilot",
        "municipalities:pilot_report",
        "municipalities:pilots",
        "municipalities:record_pilot",
        "municipalities:yearly_report",
    ],
    "professional": ["municipalities:survey_paper", "municipalities:surveys"],
    "nobody": [
        *(f"municipalities:{name}" for name in _KEPT),
        "municipalities:change_indicator",
        "municipalities:lock_pilot",
        "municipalities:profile",
        "municipalities:survey",
        "municipalities:write_chapter",
    ],
}


def build(world):
    """A pilot that is kept elsewhere. What is published is about nobody, so there is nothing of that."""
    from tests.figures.piloted import pilot

    world.pilot, world.indicator, world.participant = pilot(by=world.coordinator)
