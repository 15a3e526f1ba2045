from ops import locks

PROJECT = {
    "project": {"requires-python": ">=3.11", "dependencies": ["django>=5.2"]},
    "dependency-groups": {"demo": ["aiosmtpd"], "dev": ["pytest"]},
}
BODY = "django==5.2.19 \\\n    --hash=sha256:abc\n"


def lock(project=PROJECT, groups=("demo",), body=BODY):
    return f"{locks._MARK}{locks.digest(project, groups, body)}\n{body}"


def test_a_lock_is_current_for_the_requirements_it_was_made_from():
    assert locks.is_current(PROJECT, ("demo",), lock())


def test_a_changed_requirement_makes_a_lock_stale():
    changed = PROJECT | {"dependency-groups": {"demo": ["aiosmtpd>=2"], "dev": ["pytest"]}}

    assert not locks.is_current(changed, ("demo",), lock())


def test_a_group_that_a_lock_does_not_hold_does_not_touch_it():
    changed = PROJECT | {"dependency-groups": {"demo": ["aiosmtpd"], "dev": ["pytest>=9"]}}

    assert locks.is_current(changed, ("demo",), lock())


def test_a_lock_edited_by_hand_is_noticed():
    assert not locks.is_current(PROJECT, ("demo",), lock().replace("5.2.19", "5.2.18"))


def test_locks_name_no_address():
    for name in locks.LOCKS:
        assert "://" not in (locks.ROOT / "requirements" / f"{name}.txt").read_text()
