import re
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs/glossary.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| Dutch")
]
WORDS = [word.strip().lower() for _, words, _ in ROWS for word in re.split(r"[/,]", words)]


def plain(text):
    return text.lower().replace("-", " ")


def our_models():
    apps_here = [config for config in apps.get_app_configs() if Path(config.path).parent == ROOT]
    return [model for config in apps_here for model in config.get_models()]


def in_words(model):
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).lower()


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_model_is_called_by_a_word_of_the_glossary(model):
    assert in_words(model) in {plain(word) for word in WORDS}


def test_there_are_models_to_look_at():
    assert {"municipality", "code item"} <= {in_words(model) for model in our_models()}


def test_a_word_means_one_thing():
    repeated = {word for word in WORDS if WORDS.count(word) > 1}

    assert not repeated


def test_every_word_has_its_dutch_and_a_meaning():
    assert all(len(row) == 3 and all(row) for row in ROWS)
