"""An export of 20,000 resumes through HTTP, beside bare `zipstream-ng` over the same files.

Both are served by gunicorn with gevent and read by the same client. Ours also asks who is in it, under
row-level security, checks each file against what was uploaded, and writes the tables of people and of what is
missing. Memory is the most that the server held above the most that it had held before; what it wrote to
disks is what the system counted.
"""

import statistics
import tempfile
import time
from hashlib import sha256
from pathlib import Path

import httpx

from benchmarks.office import Office, Served, an_office, peak_megabytes, run_gunicorn, served

FILES, FILE_BYTES = 20_000, 40_000
ROUNDS = 2
AS_FAST, MEGABYTES, FIRST_MS = 0.9, 8.0, 100.0
_FILL = """
set session_replication_role = replica;
create temporary table people as
select n, gen_random_uuid() as id, gen_random_uuid() as resume_id from generate_series(1, {files}) n;
insert into app.candidates (id, organisation_id, candidate_external_id)
select p.id, '{office}', p.n::text from people p;
insert into app.resumes (id, organisation_id, candidate_id, content_sha256, file_sha256, file_length,
  filename, rank_applied_for, facts, facts_version, text_version, user_id, downloaded_at, resume_storage_path,
  resume_source, resume_checksum_sha256, resume_stored_length, resume_uploaded_at, resume_upload_status)
select p.resume_id, '{office}', p.id, '{digest}', '{digest}', {length}, 'Cook_' || p.n || '.pdf', 'Cook',
  '{{}}', 1, 1, '{user}', now(), '{key}', 'cloud_synced', '{digest}', {length}, now(), 'uploaded'
from people p;
insert into app.candidate_state (candidate_id, organisation_id, candidate_external_id, latest_resume_id,
  review_state, status, verified_at, touched_by_user_id, touched_at, version, name, rank_applied_for)
select p.id, '{office}', p.n::text, p.resume_id, 'verified', 'New', now(), '{user}', now(), 1,
  'Seafarer ' || p.n, 'Cook'
from people p;
drop table people;
set session_replication_role = origin;
"""


def main() -> bool:
    """Print rates, memory and the first byte; tell whether all is as promised."""
    with tempfile.TemporaryDirectory(prefix="njordhr-benchmark-") as name, an_office() as office:
        folder = Path(name)
        stored = fill(office, folder)
        with served(office, folder) as cloud:
            ours, first, grown, written = exported(cloud)
        settings = {"NJORDHR_BENCHMARK_FILE": str(stored), "NJORDHR_BENCHMARK_FILES": str(FILES)}
        with run_gunicorn("benchmarks.bare_zip:app", folder, settings) as (url, _):
            theirs = statistics.median(downloaded(f"{url}/", {})[0] for _ in range(ROUNDS))
    ratio = theirs / ours
    speed = f"{FILES:,} files: {ours:.1f} s; zipstream-ng: {theirs:.1f} s; ratio {ratio:.2f}"
    verdicts = {
        f"{speed} (>= {AS_FAST})": ratio >= AS_FAST,
        f"{grown:.1f} MB above before (<= {MEGABYTES})": grown <= MEGABYTES,
        f"first byte after {first * 1000:.0f} ms (<= {FIRST_MS:g})": first * 1000 <= FIRST_MS,
        f"{written} bytes written to a disk (0)": written == 0,
    }
    for words, is_kept in verdicts.items():
        print(f"{words}: {'kept' if is_kept else 'MISSED'}")
    return all(verdicts.values())


def fill(office: Office, folder: Path) -> Path:
    """Make people whose resumes are all in the store; return one of the files, which are alike."""
    data = (b"%PDF-1.7 " + sha256(b"resume").digest()) * (FILE_BYTES // 41)
    key = f"resumes/{office.organisation_id}/Cook/1/Cook_1.pdf"
    stored = folder / "objects" / key
    stored.parent.mkdir(parents=True)
    stored.write_bytes(data)
    values = {"files": FILES, "digest": sha256(data).hexdigest(), "length": len(data), "key": key}
    values |= {"office": office.organisation_id, "user": office.user_id}
    with office.connect() as connection:
        connection.execute(_FILL.format(**values).encode())
        connection.execute("vacuum analyze")
    return stored


def exported(cloud: Served) -> tuple[float, float, float, int]:
    """Return the seconds of an export and until its first byte, the megabytes it took, and what it wrote."""
    runs = []
    for _ in range(ROUNDS):
        body = {"filter": {"rank": "Cook"}}
        made = cloud.client.post("/api/export", json=body, headers=cloud.headers).raise_for_status().json()
        runs.append(
            downloaded(f"{cloud.url}/api/export/{made['export_id']}/zip", cloud.headers, cloud.worker)
        )
    middle = [statistics.median(run[index] for run in runs) for index in (0, 1)]
    return middle[0], middle[1], max(run[2] for run in runs), max(run[3] for run in runs)


def downloaded(url: str, headers: dict[str, str], worker: int = 0) -> tuple[float, float, float, int]:
    """Read a ZIP to its end; return seconds, seconds to the first byte, MB above before, bytes written."""
    before, wrote = measures(worker)
    began = time.perf_counter()
    first, length = 0.0, 0
    with httpx.stream("GET", url, headers=headers, timeout=600, trust_env=False) as answer:
        answer.raise_for_status()
        for piece in answer.iter_raw():
            first = first or time.perf_counter() - began
            length += len(piece)
    if length < FILES * FILE_BYTES * 0.9:
        raise RuntimeError(f"only {length} bytes of an export")
    after, written = measures(worker)
    return time.perf_counter() - began, first, after - before, written - wrote


def measures(worker: int) -> tuple[float, int]:
    """Return the most memory that a process has held, in MB, and what it has written to disks."""
    if not worker:
        return 0.0, 0
    lines = Path(f"/proc/{worker}/io").read_text(encoding="ascii").splitlines()
    return peak_megabytes(worker), int(
        next(line for line in lines if line.startswith("write_bytes")).split()[1]
    )
