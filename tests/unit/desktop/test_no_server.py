import subprocess
import sys
from types import ModuleType

from desktop.no_server import SERVER, leave_out_server
from tests.support.tree import ROOT

SCRIPT = """
import sys
from desktop.no_server import leave_out_server
leave_out_server(sys.modules)
import webview
try:
    webview.http.start_global_server(http_port=0, urls=['page.html'])
except AttributeError as error:
    print(error)
"""


def test_pywebview_loads_without_a_server_and_can_begin_none() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "bottle" in answer.stdout


def test_nothing_changes_where_a_server_is_loaded_already() -> None:
    loaded = ModuleType(SERVER)
    modules = {SERVER: loaded}
    leave_out_server(modules)
    assert modules == {SERVER: loaded}
