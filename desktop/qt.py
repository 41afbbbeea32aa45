"""What Qt's web engine must find in the environment before it starts."""

from collections.abc import Mapping

FLAGS = "QTWEBENGINE_CHROMIUM_FLAGS"
REMOTE_DEBUGGING = "QTWEBENGINE_REMOTE_DEBUGGING"
QUICK_BACKEND = "QT_QUICK_BACKEND"
QUIET = "--disable-background-networking"
NO_GPU = "--disable-gpu"
SOFTWARE = "software"
"""The page is text and tables: painted by the processor it is there sooner, takes a tenth less memory, and no
graphics driver can spoil it. Whoever wants theirs sets the variable to ``rhi``."""
GL = "QT_XCB_GL_INTEGRATION"
NO_GL = "none"
"""The web engine asks the graphics driver for its name even when the processor paints; on X11 that loads the
driver, another seventh of the memory. Without OpenGL there is nobody to ask."""


def environment_for_qt(
    environ: Mapping[str, str], is_root: bool, remote_debugging: bool = False
) -> dict[str, str]:
    """Return the environment that the window is to run in.

    Whoever can debug the window from outside can do all that the person can, so the variable that opens
    that door is dropped unless a test asked for it.

    Args:
        environ: the environment as it is.
        is_root: whether this process runs as root, where Chromium's sandbox does not start.
        remote_debugging: keep the debugging door as ``environ`` has it.
    """
    result = dict(environ)
    if not remote_debugging:
        result.pop(REMOTE_DEBUGGING, None)
    backend = result.setdefault(QUICK_BACKEND, SOFTWARE)
    if backend == SOFTWARE:
        result.setdefault(GL, NO_GL)
    wanted = [QUIET, *([NO_GPU] if backend == SOFTWARE else []), *(["--no-sandbox"] if is_root else [])]
    given = result.get(FLAGS, "").split()
    result[FLAGS] = " ".join([*given, *(flag for flag in wanted if flag not in given)])
    return result
