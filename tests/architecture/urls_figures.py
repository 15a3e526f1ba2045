"""Who gets what of the pages with published figures: of this row nobody, they are for coordinators."""

_PAGE = {"get": [302, 302, *[404] * 6], "post": [302, 302, *[405] * 6]}
EXPECTED = {
    "municipalities:figures": _PAGE,
    "municipalities:monitor": _PAGE,
    "municipalities:yearly_report": _PAGE,
    "municipalities:export_figures": _PAGE,
}
ARGUMENTS = {"municipalities:export_figures": lambda _world: ["csv"]}
DOORS = {
    "coordinator": [
        "municipalities:export_figures",
        "municipalities:figures",
        "municipalities:monitor",
        "municipalities:yearly_report",
    ]
}


def build(world):
    """Nothing: what is published is about nobody."""
