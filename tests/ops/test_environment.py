from ops import deployment, environment
from ops.kept import ROOT
from ops.logins import Logins

LOGINS = Logins("postgresql://owner", "postgresql://web", "postgresql://worker")


def demonstration(shell):
    return environment.for_demonstration(
        shell,
        secrets={"SECRET_KEY": "s", "FIELD_KEYS": "f"},
        redis_url="unix:///r",
        broker_url="redis+socket:///r",
        port=8001,
        mail_port=2525,
    )


def test_the_demonstration_gets_every_variable_without_a_default_but_the_login():
    wanted = {"SECRET_KEY", "FIELD_KEYS", "ALLOWED_HOSTS", "SITE_ORIGIN", "REDIS_URL", "EMAIL_URL", "MAIL_FROM"}

    assert wanted <= demonstration({}).keys()
    assert demonstration({})["SITE_ORIGIN"] == "http://localhost:8001"
    assert "DATABASE_URL" not in demonstration({"DATABASE_URL": "postgresql://admin@db/x"})


def test_variables_of_another_project_in_the_shell_do_not_reach_the_demonstration():
    found = demonstration({"DEBUG": "*", "SECRET_KEY": "theirs", "TRUSTED_PROXIES": "3", "LANG": "nl_NL.UTF-8"})

    assert "DEBUG" not in found
    assert "TRUSTED_PROXIES" not in found
    assert found["SECRET_KEY"] == "s"
    assert found["LANG"] == "nl_NL.UTF-8"


def test_tests_run_as_the_owner():
    found = environment.for_tests({"DATABASE_URL": "postgresql://admin@db/x"}, LOGINS, "unix:///r", "redis+socket:///r")

    assert found["DATABASE_URL"] == LOGINS.owner
    assert found["DJANGO_SETTINGS_MODULE"] == "config.settings_test"


def test_unpacked_libraries_are_found_and_absent_ones_not_named(tmp_path):
    assert "LD_LIBRARY_PATH" not in environment.libraries({}, tmp_path)

    folder = tmp_path / ".tools/sys/root/usr/lib/x86_64-linux-gnu"
    folder.mkdir(parents=True)
    found = environment.libraries({"PATH": "/usr/bin"}, tmp_path)

    assert found["LD_LIBRARY_PATH"] == str(folder)
    assert found["PATH"] == f"/usr/bin:{tmp_path}/.tools/sys/root/usr/bin"


def test_the_example_lists_what_the_settings_require():
    example = deployment.example((ROOT / ".env.example").read_text())

    assert {"SECRET_KEY", "FIELD_KEYS", "DATABASE_URL", "REDIS_URL", "EMAIL_URL"} <= example.keys()
    assert not any(name.startswith("#") for name in example)
