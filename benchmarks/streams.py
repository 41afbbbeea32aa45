"""What open streams cost: memory for each, and how often the database is asked, however many follow one job.

The server is the container's own command (gunicorn, one worker of greenlets). Memory is compared with bare
gunicorn holding as many open answers that say nothing; the promise is 60 MB above idle for 2,000. The rate of
transactions at 2,000 viewers is compared with that at one. Every viewer has to be told every line.
"""

import asyncio
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from benchmarks.bare_streams import app
from benchmarks.office import Office, Served, an_office, resident_megabytes, run_gunicorn, served

VIEWERS = (1, 100, 2000)
AT_ONCE = 40
LINES = 20
QUIET_SECONDS = 12.0
PROMISED_MEGABYTES = 60.0
PROMISED_RATE = 1.2


class Crowd:
    """Viewers of one stream, each on a connection of its own."""

    def __init__(self, url: str, path: str, headers: dict[str, str]) -> None:
        """Look at this address; nobody does yet."""
        parts = urlsplit(url)
        self._host, self._port = str(parts.hostname), int(parts.port or 0)
        fields = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._request = f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\n{fields}\r\n".encode()
        self.told: list[int] = []
        self._readers: list[asyncio.Task[None]] = []
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def grow_to(self, count: int) -> None:
        """Let so many look, and wait until each has been answered."""
        new = [asyncio.Event() for _ in range(count - len(self._readers))]
        for ready in new:
            self.told.append(0)
            self._readers.append(asyncio.create_task(self._view(len(self.told) - 1, ready)))
        await asyncio.gather(*(ready.wait() for ready in new))

    async def leave(self) -> None:
        """Let all go."""
        for reader in self._readers:
            reader.cancel()
        await asyncio.gather(*self._readers, return_exceptions=True)

    async def _view(self, number: int, ready: asyncio.Event) -> None:
        async with self._gate:
            reader, writer = await asyncio.open_connection(self._host, self._port, limit=1 << 14)
            writer.write(self._request)
            data = await reader.readuntil(b"event: ")
            if not data.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(data[:200])
        ready.set()
        try:
            while data := await reader.read(1 << 14):
                self.told[number] += data.count(b"event: line")
        finally:
            writer.close()


def main() -> bool:
    """Print memory and rates at 1, 100 and 2,000 viewers; tell whether the promises were kept."""
    with tempfile.TemporaryDirectory(prefix="njordhr-benchmark-") as name, an_office() as office:
        folder = Path(name)
        with served(office, folder) as cloud:
            kept = asyncio.run(measure(office, cloud))
        with run_gunicorn(f"{app.__module__}:app", folder, {}) as (url, worker):
            bare = asyncio.run(memory_of(url, worker))
        print(f"bare gunicorn with gevent holds as many in {bare:.1f} MB above idle")
    return kept


async def measure(office: Office, cloud: Served) -> bool:
    """Follow one job with more and more viewers."""
    job, send = a_job(cloud)
    send("warms up")
    crowd = Crowd(cloud.url, f"/api/jobs/{job}/stream", cloud.headers)
    await crowd.grow_to(1)
    await asyncio.sleep(1)
    idle, rates = resident_megabytes(cloud.worker), []
    for count in VIEWERS:
        await crowd.grow_to(count)
        rates.append(await rate(office, send))
        held = resident_megabytes(cloud.worker) - idle
        print(f"{count:,} viewers: {held:.1f} MB above idle, {rates[-1]:.1f} transactions a second")
    missed = sum(told < LINES for told in crowd.told)
    await crowd.leave()
    ratio = rates[-1] / rates[0]
    verdicts = {
        f"{held:.1f} MB (<= {PROMISED_MEGABYTES})": held <= PROMISED_MEGABYTES,
        f"{ratio:.2f} times the transactions of one viewer (<= {PROMISED_RATE})": ratio <= PROMISED_RATE,
        f"{missed} who missed a line (0)": missed == 0,
    }
    for words, is_kept in verdicts.items():
        print(f"2,000 viewers: {words}: {'kept' if is_kept else 'MISSED'}")
    return all(verdicts.values())


async def rate(office: Office, send: Callable[[str], None]) -> float:
    """Return the transactions a second while the job writes lines, each by a request of its own."""
    await asyncio.sleep(2)  # until the database has counted those of opening
    before, began = office.transactions(), time.monotonic()
    for number in range(LINES):
        await asyncio.to_thread(send, f"line {number}")
        await asyncio.sleep(QUIET_SECONDS / LINES)
    await asyncio.sleep(2)
    return (office.transactions() - before) / (time.monotonic() - began)


async def memory_of(url: str, worker: int) -> float:
    """Return what the viewers cost a server that does nothing else, in MB."""
    crowd = Crowd(url, "/", {})
    await crowd.grow_to(1)
    idle = resident_megabytes(worker)
    await crowd.grow_to(VIEWERS[-1])
    held = resident_megabytes(worker) - idle
    await crowd.leave()
    return held


def a_job(cloud: Served) -> tuple[str, Callable[[str], None]]:
    """Make a job that runs; return it, and how its computer reports a line."""
    device_id, token = cloud.computer()
    job: dict[str, Any] = {
        "job_id": str(uuid4()),
        "device_id": str(device_id),
        "rank": "Cook",
        "ship_type": "Tanker",
    }
    made = cloud.client.post("/api/jobs/download", json=job, headers=cloud.headers).json()

    def event(kind: str, payload: dict[str, Any]) -> None:
        body = {"event_id": str(uuid4()), "type": kind, "occurred_at": made["created_at"], "payload": payload}
        answer = cloud.client.post(
            "/api/events/candidate", json={"events": [body]}, headers={"Authorization": f"Bearer {token}"}
        )
        if answer.json()["verdicts"][0]["verdict"] != "accepted":
            raise RuntimeError(answer.text)

    known = {name: made[name] for name in ("job_id", "rank", "ship_type", "created_at")}
    event("job_changed", known | {"status": "running"})
    return job["job_id"], lambda text: event("job_line", {"job_id": job["job_id"], "line": text})
