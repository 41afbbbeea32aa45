from desktop.qt import FLAGS, GL, NO_GL, NO_GPU, QUICK_BACKEND, REMOTE_DEBUGGING, environment_for_qt


def test_the_debugging_door_is_shut() -> None:
    assert REMOTE_DEBUGGING not in environment_for_qt({REMOTE_DEBUGGING: "127.0.0.1:1"}, is_root=False)


def test_a_test_may_keep_the_door_open() -> None:
    environ = environment_for_qt({REMOTE_DEBUGGING: "x"}, is_root=False, remote_debugging=True)
    assert environ[REMOTE_DEBUGGING] == "x"


def test_the_sandbox_is_off_for_root_only() -> None:
    assert "--no-sandbox" in environment_for_qt({}, is_root=True)[FLAGS]
    assert "--no-sandbox" not in environment_for_qt({}, is_root=False)[FLAGS]


def test_the_processor_paints_unless_somebody_wants_their_graphics_card() -> None:
    usual = environment_for_qt({}, is_root=False)
    assert (usual[QUICK_BACKEND], usual[GL], NO_GPU in usual[FLAGS]) == ("software", NO_GL, True)
    wanted = environment_for_qt({QUICK_BACKEND: "rhi"}, is_root=False)
    assert (wanted[QUICK_BACKEND], GL in wanted, NO_GPU in wanted[FLAGS]) == ("rhi", False, False)


def test_somebody_s_own_choice_of_opengl_stays() -> None:
    assert environment_for_qt({GL: "xcb_egl"}, is_root=False)[GL] == "xcb_egl"


def test_given_flags_stay_and_none_is_doubled() -> None:
    flags = environment_for_qt({FLAGS: "--lang=de --no-sandbox"}, is_root=True)[FLAGS].split()
    assert flags[:2] == ["--lang=de", "--no-sandbox"]
    assert len(flags) == len(set(flags))
