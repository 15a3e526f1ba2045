import pytest

from ops import up
from ops.children import Children, Ended


def test_a_second_run_in_one_checkout_is_refused_in_one_sentence(tmp_path):
    with (
        up.alone(tmp_path / "run.lock"),
        pytest.raises(SystemExit, match="running in this checkout already"),
        up.alone(tmp_path / "run.lock"),
    ):
        pytest.fail("two runs at once")


def test_the_lock_is_free_again_afterwards(tmp_path):
    for _ in range(2):
        with up.alone(tmp_path / "run.lock"):
            pass


@pytest.mark.parametrize("text", ["web", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(text):
    with pytest.raises(SystemExit, match="PORT must be a number"):
        up.wanted_port({"PORT": text})


def test_the_port_is_8000_unless_said_otherwise():
    assert up.wanted_port({}) == 8000
    assert up.wanted_port({"PORT": "8001"}) == 8001


def test_what_ended_is_named_with_how_and_where_to_look(tmp_path):
    assert str(Ended("worker", -9, tmp_path / "worker.log")).startswith("worker stopped (killed by SIGKILL)")
    assert "(exit code 3)" in str(Ended("web", 3, tmp_path / "web.log"))


def test_the_first_program_that_ends_is_noticed_and_the_others_are_stopped(tmp_path, capfd):
    children = Children(tmp_path)
    children.start("long", ["sleep", "60"], environment={}, cwd=tmp_path)
    children.start("short", ["sh", "-c", "echo hello; exit 4"], environment={}, cwd=tmp_path)

    ended = children.wait()
    children.stop()

    assert (ended.name, ended.code) == ("short", 4)
    assert all(child.poll() is not None for child, _ in children._running.values())
