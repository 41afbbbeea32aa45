"""What the frozen program must be able to do, tried in itself: ``njordhr --self-test [FILE]``.

A frozen program can lack what its sources have: a module that nothing names, a library, a data file. Each
check does the smallest real thing with one of them. Nothing of the person's is read or written.
"""

import contextlib
import importlib
import json
import os
import pkgutil
import platform
import sqlite3
import sys
import tempfile
import traceback
import urllib.request
from collections.abc import Callable, Mapping
from importlib import resources
from pathlib import Path

from desktop.build import this_build, web_ui_dir

PACKAGES = ("agent_core", "desktop", "protocol", "signing", "update_manifest")
"""All their modules are loaded."""
_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF"
)


def main(arguments: list[str]) -> int:
    """Print what was tried as JSON, or write it to the file that is named; 0 when all went well."""
    with contextlib.redirect_stdout(sys.stderr):  # what the parts log while they are tried
        found = {name: _outcome(check) for name, check in CHECKS.items()}
    is_well = all(outcome == "ok" for outcome in found.values())
    text = json.dumps({"ok": is_well, "version": _version(), "checks": found}, indent=2)
    if arguments:
        Path(arguments[0]).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(f"{text}\n")
    return 0 if is_well else 1


def _outcome(check: Callable[[], None]) -> str:
    try:
        check()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what the test is about
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})"
    return "ok"


def _version() -> str:
    return this_build().version


def _modules() -> None:
    for package in map(importlib.import_module, PACKAGES):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not _is_elsewhere(module.name):
                importlib.import_module(module.name)


def _is_elsewhere(name: str) -> bool:
    """Tell whether a module is a program of its own, or of the window that `window` tries."""
    return name.endswith("__main__") or name in {"desktop.window", "desktop.qt_view", "desktop.qt_engine"}


def _records() -> None:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("create table a (b text) strict")
        connection.execute("insert into a values (json_extract('{\"b\": 1}', '$.b')) returning b").fetchone()


def _pdf() -> None:
    import pypdfium2  # noqa: PLC0415 - each check loads what it is about

    document = pypdfium2.PdfDocument(_PDF)
    _expect(len(document) == 1, "one page")
    document.close()


def _archives() -> None:
    from update_manifest import archives  # noqa: PLC0415 - as above

    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(folder) / "a"
        bundle.mkdir()
        (bundle / "b").write_bytes(b"c")
        files = archives.pack(bundle, Path(folder) / "a.tar.zst", level=1)
        archives.unpack(Path(folder) / "a.tar.zst", files, Path(folder) / "d", max_bytes=1)


def _trust() -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - as above
    from tuf.api.metadata import Metadata, Root  # noqa: PLC0415 - as above

    key = Ed25519PrivateKey.generate()
    key.public_key().verify(key.sign(b"a"), b"a")
    Metadata.from_bytes(Metadata(Root()).to_bytes())


def _keyring() -> None:
    from keyring import backend  # noqa: PLC0415 - as above

    names = {type(one).__module__ for one in backend.get_all_keyring()}
    wanted = {"Windows": "Windows", "Darwin": "macOS"}.get(platform.system(), "fail")
    _expect(any(name.endswith(wanted) for name in names), f"the keyring of {platform.system()}")
    importlib.import_module("keyring.backends.SecretService")


def _browser() -> None:
    system = {"Windows": "windows", "Darwin": "macos"}.get(platform.system(), "linux")
    folders = resources.files("selenium.webdriver.common").iterdir()
    found = [one.name for folder in folders if folder.name.startswith(system) for one in folder.iterdir()]
    _expect(any(name.startswith("selenium-manager") for name in found), "the program that finds drivers")


def _tls() -> None:
    import ssl  # noqa: PLC0415 - as above

    import certifi  # noqa: PLC0415 - as above

    _expect(bool(ssl.create_default_context(cafile=certifi.where()).get_ca_certs()), "roots of trust")


def _page() -> None:
    index = (web_ui_dir() / "index.html").read_text(encoding="utf-8")
    _expect("<script" in index and any((web_ui_dir() / "assets").iterdir()), "the page and its parts")


def _agent() -> None:
    from agent_core.bootstrap import AgentOptions, build_agent  # noqa: PLC0415 - as above
    from agent_core.keychain import MemorySecrets  # noqa: PLC0415 - as above

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        options = AgentOptions(
            folder / "data",
            folder / "agent.json",
            web_ui_dir=web_ui_dir(),
            preferred_port=0,
            secrets=MemorySecrets(),
        )
        agent = build_agent(options)
        agent.start()
        try:
            with urllib.request.urlopen(agent.launch_url()) as answer:  # noqa: S310 - the agent's own address
                _expect(b"<script" in answer.read(), "the agent's page")
        finally:
            agent.stop()


def _window() -> None:
    from desktop.engine_check import check_engine  # noqa: PLC0415 - as above

    check_engine(platform.system(), os.environ)


def _expect(is_so: bool, what: str) -> None:
    if not is_so:
        raise LookupError(what)


CHECKS: Mapping[str, Callable[[], None]] = {
    "modules": _modules,
    "records": _records,
    "pdf": _pdf,
    "archives": _archives,
    "trust": _trust,
    "keyring": _keyring,
    "browser": _browser,
    "tls": _tls,
    "page": _page,
    "agent": _agent,
    "window": _window,
}
