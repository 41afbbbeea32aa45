"""What the system must have."""

import sys

from setup_steps.needs import FOR_PYTHON, FOR_THE_WINDOW, Need, System, missing


def test_what_is_not_there_is_named_by_its_package() -> None:
    needs = (Need("one", programs=("one",)), Need("two", library="libtwo.so.2"))
    assert missing(needs, lambda need: need.package == "one") == ("two",)
    assert missing(needs, lambda _: True) == ()


def test_the_machine_is_asked_for_programs_modules_and_libraries() -> None:
    system = System()
    assert system.meets(Need("python3", programs=("no-such-program", sys.executable)))
    assert not system.meets(Need("nothing", programs=("no-such-program",)))
    assert system.meets(Need("python3-venv", module="ensurepip"))
    assert not system.meets(Need("nothing", module="no_such_module"))
    assert not system.meets(Need("nothing", library="libnosuch.so.0"))


def test_every_need_says_how_it_is_recognised() -> None:
    for need in (*FOR_PYTHON, *FOR_THE_WINDOW):
        assert need.programs or need.library or need.module
