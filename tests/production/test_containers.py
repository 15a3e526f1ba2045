"""docker-compose.yml, the Dockerfile and the proxy: what may reach what, and what is not written down in them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as project
from ruamel.yaml import YAML

COMPOSE = project.ROOT / "docker-compose.yml"
ONE_OFF = {"roles", "migrate"}
VARIABLE = re.compile(r"\$\{(\w+)(:[-?][^}]*)?\}")


@pytest.fixture(scope="module")
def services():
    return YAML(typ="safe").load(COMPOSE.read_text())["services"]


def values(service):
    return [str(value) for value in service.get("environment", {}).values()]


def test_the_file_follows_the_specification():
    tool = Path(sys.executable).with_name("check-jsonschema")

    done = subprocess.run([tool, "--builtin-schema", "vendor.compose-spec", COMPOSE], capture_output=True, check=False)

    assert done.returncode == 0, done.stdout


@pytest.mark.row("L6")
def test_everything_is_there(services):
    assert set(services) == {"db", "redis", "roles", "migrate", "web", "worker", "beat", "mail", "proxy"}
    assert services["mail"]["profiles"] == ["trial"]


def test_only_the_proxy_can_be_reached_from_outside(services):
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert not any("network_mode" in service or "expose" in service for service in services.values())


def test_only_the_proxy_and_the_worker_can_reach_out(services):
    networks = YAML(typ="safe").load(COMPOSE.read_text())["networks"]
    closed = {name for name, network in networks.items() if (network or {}).get("internal")}

    assert {name for name, service in services.items() if set(service["networks"]) - closed} == {"proxy", "worker"}


def test_the_proxy_cannot_reach_the_database_or_the_queue(services):
    assert not set(services["proxy"]["networks"]) & set(services["db"]["networks"] + services["redis"]["networks"])


def test_every_container_is_locked(services):
    for name, service in services.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert "no-new-privileges:true" in service["security_opt"], name
        assert not service.get("privileged"), name


def test_our_own_containers_run_as_nobody_in_particular(services):
    for name in ("roles", "migrate", "web", "worker", "beat", "mail"):
        assert int(services[name]["user"].split(":")[0]) > 10_000, name
        assert "cap_add" not in services[name], name


def test_what_keeps_running_says_whether_it_is_well(services):
    assert {name for name, service in services.items() if "healthcheck" not in service} == ONE_OFF
    assert all(services[name]["restart"] == "no" for name in ONE_OFF)


@pytest.mark.row("R42")
def test_each_process_has_the_login_that_is_its_own(services):
    logins = {
        name: re.search(r"://(\w+):", service["environment"]["DATABASE_URL"])[1]
        for name, service in services.items()
        if "DATABASE_URL" in (service.get("environment") or {})
    }

    assert logins == {
        "migrate": "vinger_owner",
        "web": "vinger_web",
        "worker": "vinger_worker",
        "beat": "vinger_worker",
    }
    holders = [name for name, service in services.items() if "ADMIN_PASSWORD" in " ".join(values(service))]
    assert holders == ["db", "roles"]


def test_no_secret_is_in_the_file_and_a_missing_one_is_named():
    for name, rule in VARIABLE.findall(COMPOSE.read_text()):
        if re.search("PASSWORD|KEY|URL|HOST|FROM|CERTIFICATES", name):
            assert rule.startswith(f":?{name} is missing."), name
    text = VARIABLE.sub("", COMPOSE.read_text())
    assert re.search(r"(?i)(password|secret|key)\w*: *[\"']?\w", text.replace("POSTGRES_", "")) is None


def test_the_example_names_exactly_what_the_file_asks_for():
    asked = {name for name, _rule in VARIABLE.findall(COMPOSE.read_text())} - {"VERSION", "BASE_IMAGE"}
    example = (project.ROOT / "deploy" / "production.env.example").read_text()
    named = dict(line.split("=", 1) for line in example.splitlines() if line and not line.startswith("#"))

    assert set(named) == asked
    assert [name for name in named if re.search("PASSWORD|KEY", name) and named[name]] == []


def test_every_setting_without_a_default_is_given_to_those_who_need_it(services):
    wanted = set(re.findall(r'env\.\w+\("(\w+)"\)', (project.ROOT / "config" / "settings.py").read_text()))

    for name in ("migrate", "web", "worker", "beat"):
        assert wanted <= set(services[name]["environment"]), name


@pytest.mark.row("R53")
@pytest.mark.parametrize(
    "option", ["fsync=on", "synchronous_commit=on", "log_error_verbosity=terse", "log_min_error_statement=panic"]
)
def test_the_database_keeps_what_it_saved_and_logs_no_rows(services, option):
    assert option in services["db"]["command"]


def test_a_full_queue_refuses_instead_of_forgetting(services):
    command = services["redis"]["command"]

    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"
    assert command[command.index("--appendonly") + 1] == "yes"


class TestImage:
    @pytest.fixture
    def lines(self):
        return (project.ROOT / "Dockerfile").read_text().splitlines()

    def test_does_not_run_as_root(self, lines):
        assert [line for line in lines if line.startswith("USER")] == ["USER 10001:10001"]

    def test_installs_only_what_was_reviewed(self, lines):
        text = "\n".join(lines)

        assert "--require-hashes" in text
        assert "requirements/production.txt" in text
        assert "requirements/d" not in text

    def test_keeps_no_key_in_the_image(self, lines):
        assert [line for line in lines if re.match(r"(ENV|ARG) .*(KEY|PASSWORD|SECRET)", line)] == []

    def test_is_built_from_what_is_in_the_repository_only(self):
        ignored = (project.ROOT / ".dockerignore").read_text().splitlines()

        assert {".git", ".env", "var", ".venv"} <= set(ignored)


def test_the_proxy_keeps_no_list_of_visitors():
    text = (project.ROOT / "deploy" / "Caddyfile").read_text()

    assert "admin off" in text
    assert re.search(r"(?m)^\{\$SITE_HOST\} \{(?:(?!\n\}).)*\blog\b", text, re.DOTALL) is None
