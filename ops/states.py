"""docs/states.md: the life of everything that has a status, drawn from the tables beside the models.

    python -m ops.states write | check

A table is a dictionary in a room's models whose name ends in TRANSITIONS: from each status to the ones it may become.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import django
from django.utils import translation

from ops import written

DOCUMENT = "docs/states.md"
_HEAD = """# The lives of things

Written by `python -m ops.states write` from the tables beside the models; `make check` notices when it is behind. Only
`move_to` on the model changes a status, and it follows these arrows; whether the actor may is policy's question.
"""


@dataclass(frozen=True)
class Life:
    """One table, with the models that follow it and the status with which each begins."""

    module: str
    name: str
    table: Mapping[Any, set[Any]]
    models: tuple[str, ...]
    begins: tuple[Any, ...]

    def diagram(self) -> str:
        """Return the table as a mermaid state diagram: an arrow per line, in the order of the enumeration."""
        statuses = _statuses(self.table)
        lines = [f'    state "{status.label}" as {status.value}' for status in statuses]
        lines += [f"    [*] --> {status.value}" for status in self.begins]
        for status in statuses:
            onward = [other for other in statuses if other in self.table.get(status, set())]
            lines += [f"    {status.value} --> {other.value}" for other in onward] or [f"    {status.value} --> [*]"]
        return "```mermaid\nstateDiagram-v2\n" + "\n".join(lines) + "\n```\n"


def lives() -> Iterator[Life]:
    """Yield every table of transitions, in the order of the rooms' names. Django must have been set up."""
    from django.apps import apps

    rooms = {config.name for config in apps.get_app_configs() if "." not in config.name}
    modules = [name for name in sys.modules if name.partition(".")[0] in rooms and name.split(".")[1:2] == ["models"]]
    seen: set[int] = set()
    # Where it is written before where it is handed on: the module before its package.
    found: list[Life] = []
    for module in sorted(modules, key=lambda name: (-name.count("."), name)):
        for name, table in vars(sys.modules[module]).items():
            if name.endswith("TRANSITIONS") and isinstance(table, dict) and table and id(table) not in seen:
                seen.add(id(table))
                found.append(_life(module, name, table))
    yield from sorted(found, key=lambda life: (life.module, life.name))


def _statuses(table: Mapping[Any, set[Any]]) -> list[Any]:
    """Return every value of the enumeration that the table is about, also one that the table forgot."""
    enumeration: Any = type(next(iter(table)))
    return list(enumeration)


def _life(module: str, name: str, table: dict[Any, set[Any]]) -> Life:
    from django.apps import apps

    statuses = type(next(iter(table)))
    followed = [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if model.__module__.partition(".")[0] == module.partition(".")[0] and field.choices == statuses.choices
    ]
    begins = {statuses(field.default) for _, field in followed if field.has_default()}
    return Life(
        module=module,
        name=name,
        table=table,
        models=tuple(sorted({str(model._meta.verbose_name) for model, _ in followed})),
        begins=tuple(status for status in statuses if status in begins),
    )


def document() -> str:
    """Return docs/states.md as it should be."""
    with translation.override(None):
        return _HEAD + "".join(
            f"\n## {', '.join(life.models).capitalize() or life.module}\n\n"
            f"`{life.name}` in {life.module}\n\n{life.diagram()}"
            for life in lives()
        )


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    django.setup()
    written.run("ops.states", {DOCUMENT: document})


if __name__ == "__main__":
    main()
