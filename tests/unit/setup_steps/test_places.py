"""Where things are."""

import os

from setup_steps.places import ROOT, VENV, in_venv, with_venv_first


def test_programs_of_the_environment_come_first() -> None:
    places = with_venv_first(ROOT / "first")["PATH"].split(os.pathsep)
    assert places[:2] == [str(ROOT / "first"), str(in_venv("python").parent)]
    assert in_venv("python").is_relative_to(VENV)
