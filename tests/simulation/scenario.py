"""One run: trouble that a seed decides, then fair weather in which everything must come right."""

import logging
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch
from uuid import UUID

import structlog

from agent_core.errors import AgentError
from agent_core.ports import SessionState
from protocol.jobs import JobRequest, JobStatus
from protocol.reasons import Reason
from tests.simulation.computer import FOLDER, Computer, Crash, Process, SettingsInMemory
from tests.simulation.network import Network, Weather
from tests.simulation.office_cloud import OfficeCloud
from tests.simulation.portal import ACCOUNT, PAIRS, PortalSite
from tests.simulation.timeline import Timeline

TROUBLE_SECONDS = 200.0
BETWEEN_DEEDS = 3.5
SETTLE_SECONDS = 3000.0
"""Fair weather in one office: as long as something that is refused is tried, and every download."""

DEAF = structlog.make_filtering_bound_logger(logging.CRITICAL)
YEARS = timedelta(days=3652)
_SAME_PERSON = 0.75
_LAST_VISITS = 3
_LEFT = (
    "select organisation_id from outbox where reason = ?1"
    " union select organisation_id from uploads where reason = ?1 order by 1"
)
JUMPS = (-YEARS, YEARS, timedelta(hours=-9), timedelta(hours=7), timedelta(minutes=-4), timedelta(0))


@dataclass
class World:
    """Everything of one run."""

    timeline: Timeline
    network: Network
    computer: Computer
    site: PortalSite
    offices: list[UUID]
    colleague: UUID
    fair_since: float = float("inf")
    disturbed: list[float] = field(default_factory=list)
    unfinished: list[UUID] = field(default_factory=list)
    deleted_files: set[str] = field(default_factory=set)

    @property
    def cloud(self) -> OfficeCloud:
        return self.network.cloud


@contextmanager
def made(seed: int, folder: Path, cloud: type[OfficeCloud], *, keep_trace: bool = False) -> Iterator[World]:
    """Make a world in which ids come from the seed and nothing is logged."""
    timeline = Timeline(seed, keep_trace)
    chance, before = timeline.chance, structlog.get_config()
    structlog.configure(wrapper_class=DEAF)
    ids = patch.object(uuid, "os", SimpleNamespace(urandom=chance.randbytes))
    with ids, SettingsInMemory().in_place():
        network = Network(timeline, cloud(uuid.uuid4))
        site = PortalSite(timeline)
        site.fill(chance.randrange(2, 8))
        offices = [uuid.uuid4(), uuid.uuid4()]
        try:
            yield World(
                timeline, network, Computer(folder, timeline, network, site), site, offices, uuid.uuid4()
            )
        finally:
            timeline.kill_all()
            structlog.configure(**before)


def live(world: World) -> None:
    """Let trouble happen, then let it pass."""
    timeline = world.timeline
    timeline.expect(Crash)
    world.computer.start(crash_in=draw_crash(world))
    timeline.spawn("people", lambda: trouble(world))
    timeline.run_until(TROUBLE_SECONDS)
    world.network.clear_up()
    world.site.is_bad = world.site.is_away = False
    world.computer.disk.clock_is_off_by = timeline.chance.choice(JUMPS)
    world.fair_since = timeline.now
    for office in world.offices:
        settle(world, office)
    for _ in range(_LAST_VISITS):  # a job that the cloud had for it may have come in the last moment
        with world.computer.disk.looked_at() as rows:
            left = rows(_LEFT, Reason.OUTBOX_ANOTHER_OFFICE.value)
        if left:
            settle(world, UUID(left[0][0]))
    world.computer.power_off()
    timeline.run_until(timeline.now + 1)


def settle(world: World, office: UUID) -> None:
    """Have everything done that this office is due."""
    timeline = world.timeline
    caretaker = timeline.spawn("caretaker", lambda: take_care(world, office))
    end = timeline.now + SETTLE_SECONDS
    while timeline.now < end and not caretaker.is_over:
        timeline.run_until(timeline.now + 10)
    if not caretaker.is_over:
        world.unfinished.append(office)
        caretaker.kill()


def draw_crash(world: World) -> int:
    chance = world.timeline.chance
    return chance.randrange(1, 150) if chance.random() < 0.6 else 0


def trouble(world: World) -> None:
    """People and the world do things at any time."""
    chance, timeline = world.timeline.chance, world.timeline
    planned = [join_an_office, sign_in_to_the_portal, ask_for_a_download] if chance.random() < 0.8 else []
    while True:
        timeline.sleep(chance.expovariate(1 / BETWEEN_DEEDS))
        process = world.computer.process
        if timeline.now >= TROUBLE_SECONDS:
            return
        try:
            if process is None:
                world.computer.start(crash_in=draw_crash(world))
                continue
            what = planned.pop(0) if planned else chance.choice(_DEEDS)
            timeline.say(f"people {what.__name__}")
            what(world, process)
        except AgentError as refusal:
            timeline.say(f"refused {refusal.reason.value}")
        except Crash:
            timeline.say("it died under their hands")


def take_care(world: World, office: UUID) -> None:
    """Do what a patient person does until everything is done: start, pair, log in, resume."""
    while True:
        process = world.computer.process
        try:
            if process is None:
                world.computer.start()
            elif not care_once(world, process, office) and is_done(process):
                return
        except AgentError as refusal:
            world.timeline.say(f"refused {refusal.reason.value}")
        except Crash:
            world.timeline.say("it died under their hands")
        world.timeline.sleep(20)


def is_done(process: Process) -> bool:
    """Tell whether nothing is left to do."""
    numbers, store = process.store.outbox.numbers(), process.store
    active = [*store.jobs_in(JobStatus.QUEUED), *store.jobs_in(JobStatus.RUNNING)]
    return not (numbers.waiting or numbers.uploads_waiting or active)


def care_once(world: World, process: Process, office: UUID) -> bool:
    """Do what is needed now; tell whether anything was."""
    computer = world.cloud.computers.get(process.pairing.token() or "")
    now = process.settings.current
    if computer is None or computer.revoked or computer.organisation_id != office:
        pair(world, process, office)
    elif not (now.cloud_sync_enabled and now.cloud_upload_resumes):
        switch(world, process, send=True, upload=True)
    elif process.owner.session().state is not SessionState.CONNECTED:
        log_in(world, process)
    else:
        paused = [job for job in process.store.jobs_in(JobStatus.QUEUED) if job.reason is Reason.JOB_PAUSED]
        for job in paused:
            process.owner.resume(job.job_id)
        return bool(paused)
    return True


# What people do


def pair(world: World, process: Process, office: UUID) -> None:
    world.timeline.say(f"pairs with {world.offices.index(office)}")
    world.disturbed.append(world.timeline.now)
    try:
        who = office if world.timeline.chance.random() < _SAME_PERSON else world.colleague
        process.pairing.pair(world.cloud.pairing_code(office, who), "Laptop", "simulated")
    finally:
        world.disturbed.append(world.timeline.now)
    process.sending_changed()


def switch(world: World, process: Process, *, send: bool, upload: bool) -> None:
    world.disturbed.append(world.timeline.now)
    process.settings.change({"cloud_sync_enabled": send, "cloud_upload_resumes": upload})
    process.sending_changed()


def log_in(world: World, process: Process) -> None:
    process.owner.connect(ACCOUNT, remember=True)
    world.timeline.sleep(world.timeline.chance.uniform(1, 15))
    process.owner.verify_otp("135790")


def join_an_office(world: World, process: Process) -> None:
    # Mostly the first one, so that there is something to be mixed up with now and then.
    pair(world, process, world.timeline.chance.choice([*world.offices[:1] * 3, world.offices[1]]))


def leave_the_office(world: World, process: Process) -> None:
    world.disturbed.append(world.timeline.now)
    process.pairing.unpair()
    process.sending_changed()


def turn_a_switch(world: World, process: Process) -> None:
    chance = world.timeline.chance
    switch(world, process, send=chance.random() < 0.7, upload=chance.random() < 0.7)


def sign_in_to_the_portal(world: World, process: Process) -> None:
    log_in(world, process)


def ask_for_a_download(world: World, process: Process) -> None:
    rank, ship_type = world.timeline.chance.choice(PAIRS)
    forced = world.timeline.chance.random() < 0.2
    process.owner.submit(JobRequest(rank=rank, ship_type=ship_type, force_redownload=forced))


def ask_for_a_download_in_the_cloud(world: World, process: Process) -> None:
    computer = world.cloud.computers.get(process.pairing.token() or "")
    if computer is not None and not computer.revoked:
        rank, ship_type = world.timeline.chance.choice(PAIRS)
        request = JobRequest(rank=rank, ship_type=ship_type)
        world.cloud.ask_for(computer, request)


def meddle_with_a_job(world: World, process: Process) -> None:
    jobs = process.store.newest_jobs(3)
    if jobs:
        job_id = world.timeline.chance.choice(jobs).job_id
        owner = process.owner
        world.timeline.chance.choice((owner.pause, owner.resume, owner.cancel, owner.pause, owner.resume))(
            job_id
        )


def retry_those_who_failed(world: World, process: Process) -> None:
    jobs = process.store.newest_jobs(2)
    if jobs:
        process.owner.retry(world.timeline.chance.choice(jobs).job_id, None)


def retry_what_is_parked(world: World, process: Process) -> None:
    items = process.store.outbox.items(3)
    if items:
        process.store.outbox.retry(world.timeline.chance.choice(items).event_id)


def disconnect(world: World, process: Process) -> None:
    process.owner.disconnect()


def kill_the_agent(world: World, process: Process) -> None:
    world.computer.crash()


def start_another_agent(world: World, process: Process) -> None:
    """Click on its icon again: the same records are not for two."""
    world.computer.start(crash_in=draw_crash(world))


def set_the_clock(world: World, process: Process) -> None:
    world.computer.disk.clock_is_off_by = world.timeline.chance.choice(JUMPS)


def revoke_the_computer(world: World, process: Process) -> None:
    computer = world.cloud.computers.get(process.pairing.token() or "")
    if computer is not None:
        computer.revoked = True


def lose_a_file(world: World, process: Process) -> None:
    there = world.computer.disk.resumes.there
    if there:
        folder, path = world.timeline.chance.choice(list(there))
        del there[folder, path]
        world.deleted_files.add(path)


def change_the_weather(world: World, process: Process) -> None:
    chance = world.timeline.chance
    faults = [name for name in vars(Weather()) if name != "slow"]
    chosen = chance.sample(faults, chance.randrange(0, 4))
    likely = {name: chance.uniform(0.05, 0.33) for name in chosen}
    world.network.weather = Weather(**likely, slow=chance.choice((0.1, 0.5, 8.0)))


def cut_the_network(world: World, process: Process) -> None:
    world.network.is_cut = True
    world.timeline.later(world.timeline.chance.uniform(1, 60), world.network.join)


def stop_the_cloud(world: World, process: Process) -> None:
    world.network.cloud_is_down = True
    world.timeline.later(world.timeline.chance.uniform(1, 60), world.network.start_cloud)


def end_the_portals_sessions(world: World, process: Process) -> None:
    world.site.end_sessions()


def change_the_portals_mood(world: World, process: Process) -> None:
    world.site.is_bad = world.timeline.chance.random() < 0.5
    world.site.is_away = world.timeline.chance.random() < 0.2


def change_a_resume_on_the_portal(world: World, process: Process) -> None:
    world.site.change_somebody()


Deed = Callable[[World, Process], None]

_OFTEN: tuple[Deed, ...] = (
    ask_for_a_download,
    ask_for_a_download_in_the_cloud,
    change_the_weather,
    join_an_office,
    meddle_with_a_job,
    sign_in_to_the_portal,
)
_SELDOM: tuple[Deed, ...] = (
    change_a_resume_on_the_portal,
    change_the_portals_mood,
    cut_the_network,
    disconnect,
    end_the_portals_sessions,
    kill_the_agent,
    leave_the_office,
    lose_a_file,
    retry_those_who_failed,
    retry_what_is_parked,
    revoke_the_computer,
    set_the_clock,
    set_the_clock,
    start_another_agent,
    stop_the_cloud,
    turn_a_switch,
)
_DEEDS = _OFTEN * 2 + _SELDOM
__all__ = ["FOLDER", "World", "live", "made"]
