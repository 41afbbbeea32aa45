from desktop.frozen_environment import restore


def test_what_the_loader_put_in_is_taken_out_and_the_persons_own_comes_back() -> None:
    environ = {
        "PATH": "/bin",
        "LD_LIBRARY_PATH": "/opt/njordhr/_internal:/opt/mine",
        "LD_LIBRARY_PATH_ORIG": "/opt/mine",
        "_PYI_APPLICATION_HOME_DIR": "/opt/njordhr/_internal",
        "_PYI_ARCHIVE_FILE": "/opt/njordhr/njordhr",
    }

    restore(environ)

    assert environ == {"PATH": "/bin", "LD_LIBRARY_PATH": "/opt/mine"}


def test_a_variable_that_was_not_there_is_not_there_again() -> None:
    environ = {"LD_LIBRARY_PATH": "/opt/njordhr/_internal"}

    restore(environ)

    assert environ == {}
