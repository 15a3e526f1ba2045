from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

from core.forms import Form


@dataclass(frozen=True)
class Question:
    """What a page can be narrowed to: the name in its address, its label, what there is, and what it shows now."""

    name: str
    label: str
    choices: Iterable[tuple[str, str]]
    now: str


class Choose(Form):
    """Chooses what a page shows. It is only drawn: the page reads its address itself and forgives what is not there."""

    def __init__(self, *questions: Question, **kwargs: Any) -> None:
        super().__init__(**kwargs, initial={one.name: one.now for one in questions})
        for one in questions:
            self.add_field(one.name, forms.ChoiceField(label=one.label, choices=list(one.choices)))
