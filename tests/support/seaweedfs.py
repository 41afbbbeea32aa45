"""A real S3 server for tests: SeaweedFS on loopback, in a folder of its own, gone with the test run.

Its users are as a deployment would have them: one that may use the bucket and nothing else, and one that
makes buckets. It refuses wrong keys, signatures, lengths, checksums and times like the large stores do.
"""

import json
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import botocore.config
import botocore.exceptions
import botocore.session
from pydantic import SecretStr

from cloud_api.resumes.s3_store import S3Store

BUCKET = "resumes"
REGION = "us-east-1"
READY_SECONDS = 120.0
_PORTS = (
    "-s3.port",
    "-s3.port.grpc",
    "-master.port",
    "-master.port.grpc",
    "-volume.port",
    "-volume.port.grpc",
    "-filer.port",
    "-filer.port.grpc",
)
_OPTIONS = (
    "-ip=127.0.0.1",
    "-ip.bind=127.0.0.1",
    "-s3",
    "-s3.iam=false",
    "-s3.port.iceberg=0",
    "-s3.port.lance=0",
    "-master.telemetry=false",
    "-master.volumeSizeLimitMB=64",
    "-volume.max=0",
)


@dataclass
class SeaweedFS:
    """One server.

    Attributes:
        folder: its objects and its settings.
        made: the adapters that tests asked for, closed with the server.
    """

    folder: Path
    access_key: str = field(default_factory=lambda: secrets.token_hex(8))
    secret_key: SecretStr = field(default_factory=lambda: SecretStr(secrets.token_urlsafe(24)))
    endpoint: str = ""
    made: list[S3Store] = field(default_factory=list)
    _owner: tuple[str, str] = field(default_factory=lambda: (secrets.token_hex(8), secrets.token_hex(16)))
    _keeper: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it and wait until it has stored and given back an object."""
        self._write_users()
        for _ in range(3):  # somebody may take a port between our look and its start
            if self._launch():
                return
            self.kill()
        raise RuntimeError((self.folder / "server.log").read_text(encoding="utf-8", errors="replace")[-3000:])

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        keeper, self._keeper = self._keeper, None
        if keeper is not None and keeper.stdin is not None:
            keeper.stdin.close()
            keeper.wait(timeout=60)

    def store(self, **changes: Any) -> S3Store:
        """Return the adapter, as the bucket's user."""
        values: dict[str, Any] = {
            "endpoint": self.endpoint,
            "bucket": BUCKET,
            "region": REGION,
            "access_key": self.access_key,
            "secret_key": self.secret_key,
        }
        store = S3Store(**(values | changes))
        self.made.append(store)
        return store

    def settings(self) -> dict[str, object]:
        """Return this server as settings of a cloud."""
        return {
            "object_store": "s3",
            "s3_endpoint": self.endpoint,
            "s3_bucket": BUCKET,
            "s3_region": REGION,
            "s3_access_key": self.access_key,
            "s3_secret_key": self.secret_key,
        }

    def set_cors(self, rules: dict[str, Any]) -> None:
        """Set the bucket's CORS, as its owner does."""
        owner = _client(self.endpoint, *self._owner)
        owner.put_bucket_cors(Bucket=BUCKET, CORSConfiguration=rules)
        owner.close()

    def _write_users(self) -> None:
        may = [f"{right}:{BUCKET}" for right in ("Read", "Write", "List")]
        users = [
            _user("cloud", self.access_key, self.secret_key.get_secret_value(), may),
            _user("owner", *self._owner, ["Admin"]),
        ]
        (self.folder / "data").mkdir(exist_ok=True)
        (self.folder / "s3.json").write_text(json.dumps({"identities": users}), encoding="utf-8")

    def _launch(self) -> bool:
        ports = _free_ports(len(_PORTS))
        self.endpoint = f"http://127.0.0.1:{ports[0]}"
        chosen = [f"{name}={port}" for name, port in zip(_PORTS, ports, strict=True)]
        places = [f"-dir={self.folder / 'data'}", f"-s3.config={self.folder / 's3.json'}"]
        keeper = [sys.executable, "-I", "-S", str(Path(__file__).with_name("kept.py"))]
        program = str(Path(sys.executable).with_name("weed"))
        with (self.folder / "server.log").open("ab") as log:
            self._keeper = subprocess.Popen(
                [*keeper, program, "server", *_OPTIONS, *chosen, *places],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
            )
        return self._becomes_ready(self._keeper)

    def _becomes_ready(self, keeper: "subprocess.Popen[bytes]") -> bool:
        owner = _client(self.endpoint, *self._owner)
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and keeper.poll() is None:
            try:
                _make_bucket(owner)
                owner.put_object(Bucket=BUCKET, Key="ready", Body=b"ready")
                owner.get_object(Bucket=BUCKET, Key="ready")["Body"].read()
                owner.delete_object(Bucket=BUCKET, Key="ready")
            except (botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError):
                time.sleep(0.1)
            else:
                return True
            finally:
                owner.close()
        return False


def _make_bucket(owner: Any) -> None:
    try:
        owner.create_bucket(Bucket=BUCKET)
    except botocore.exceptions.ClientError as error:
        if error.response["Error"]["Code"] not in {"BucketAlreadyOwnedByYou", "BucketAlreadyExists"}:
            raise


def _user(name: str, access_key: str, secret_key: str, actions: list[str]) -> dict[str, object]:
    credentials = [{"accessKey": access_key, "secretKey": secret_key}]
    return {"name": name, "credentials": credentials, "actions": actions}


def _client(endpoint: str, access_key: str, secret_key: str) -> Any:
    return botocore.session.Session().create_client(
        "s3",
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id=access_key,
        aws_secret_access_key=secret_key,
        config=botocore.config.Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}),
    )


def _free_ports(count: int) -> list[int]:
    with ExitStack() as held:
        probes = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [probe.getsockname()[1] for probe in probes]


@contextmanager
def seaweedfs(folder: Path) -> Iterator[SeaweedFS]:
    """Give a running server."""
    server = SeaweedFS(folder)
    try:
        server.start()
        yield server
    finally:
        for store in server.made:
            store.close()
        server.kill()
