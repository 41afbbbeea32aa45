"""What the window stands on, made ready before pywebview is loaded.

On Linux the wheels bring Qt. Its web engine starts processes and threads of its own, which come up while the
rest of the program is being loaded. Elsewhere the system has a web view, which pywebview begins.
"""

import os
import platform
import sys
from typing import Literal

from desktop.no_server import leave_out_server
from desktop.qt import environment_for_qt
from desktop.web_view2 import RENDERER

Toolkit = Literal["qt", "edgechromium"] | None
"""As pywebview names it; nothing where it has one choice only."""


def ready_toolkit(remote_debugging: bool = False) -> Toolkit:
    """Choose the toolkit, and begin what takes long; on the main thread, before `desktop.window` is loaded.

    Args:
        remote_debugging: let a test drive the window from outside; Linux only.
    """
    leave_out_server(sys.modules)
    if platform.system() == "Windows":
        return RENDERER
    if platform.system() != "Linux":
        return None
    changed = environment_for_qt(os.environ, os.geteuid() == 0, remote_debugging)
    os.environ.clear()
    os.environ.update(changed)
    from desktop.qt_engine import begin_engine  # noqa: PLC0415 - Qt is installed on Linux only
    from desktop.qt_names import stand_in_for_qtpy  # noqa: PLC0415 - as above

    begin_engine()
    stand_in_for_qtpy(sys.modules)
    return "qt"
