"""publiccode.yml and the licence say the same, in the form that catalogues of public code read."""

import re
import tomllib
from datetime import date

import pytest
from django.conf import settings as project
from ruamel.yaml import YAML


@pytest.fixture(scope="module")
def publiccode():
    return YAML(typ="safe").load((project.ROOT / "publiccode.yml").read_text())


def test_every_key_that_the_standard_demands_is_there(publiccode):
    assert publiccode["publiccodeYmlVersion"] == "0.4"
    assert {"name", "url", "platforms", "categories", "developmentStatus", "softwareType", "description"} <= set(
        publiccode
    )
    assert publiccode["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert publiccode["softwareType"] == "standalone/web"
    assert set(publiccode["localisation"]) == {"localisationReady", "availableLanguages"}
    assert publiccode["maintenance"]["contacts"]
    date.fromisoformat(str(publiccode["releaseDate"]))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_descriptions_have_the_length_that_the_standard_demands(publiccode, language):
    description = publiccode["description"][language]

    assert len(description["shortDescription"]) <= 150
    assert 150 <= len(description["longDescription"]) <= 10_000


def test_nobody_real_is_named(publiccode):
    text = (project.ROOT / "publiccode.yml").read_text()

    assert set(re.findall(r"[\w.-]+\.(?:nl|com|org|eu)\b", text)) == set()
    assert publiccode["url"].startswith("https://vinger.example/")


def test_the_licence_and_the_version_are_the_same_everywhere(publiccode):
    package = tomllib.loads((project.ROOT / "pyproject.toml").read_text())["project"]
    licence = (project.ROOT / "LICENSE").read_text()

    assert publiccode["legal"]["license"] == package["license"] == "EUPL-1.2"
    assert publiccode["softwareVersion"] == package["version"]
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert len(licence.split()) > 2000


def test_the_languages_are_those_of_the_settings(publiccode):
    assert set(publiccode["localisation"]["availableLanguages"]) == {code for code, _name in project.LANGUAGES}
