"""Joins the agent's parts: which adapter each use case gets. Nothing runs yet, and nothing is opened."""

import os
import platform
import secrets as random_source
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import httpx

from agent_core.autostart.systems import NoAutoStart
from agent_core.clock import Clocks
from agent_core.cloud.as_person import PersonHttp
from agent_core.cloud.commands import CommandThread, HeldLine
from agent_core.cloud.gateway import CloudGateway
from agent_core.cloud.heartbeat import HeartbeatThread
from agent_core.cloud.http import CloudHttp, make_client
from agent_core.cloud.late_sealing import LateSealing
from agent_core.cloud.office_exports import CloudExports
from agent_core.cloud.pairing import Pairing
from agent_core.cloud.people import People
from agent_core.cloud.stored_resumes import StoredResumes
from agent_core.exports.sources import ResumeSources
from agent_core.files.exports import LocalExportFiles
from agent_core.files.folder import LocalResumeFiles
from agent_core.local_api.services import Services
from agent_core.local_api.tokens import launch_codes, session_tokens
from agent_core.options import AgentOptions
from agent_core.outbox.identity import Identity
from agent_core.outbox.relay import Relay, Switches
from agent_core.outbox.uploader import Uploader
from agent_core.outbox.wanted_uploads import WantedUploads
from agent_core.outbox.worker import RelayWorker
from agent_core.portal.browser_report import browser_report
from agent_core.portal.programs import BrowserOptions
from agent_core.ports import Clock, Cloud, PortalSession, ResumeFiles, Secrets, Stop
from agent_core.runtime.account import PortalLogins
from agent_core.runtime.attention import AttentionThread
from agent_core.runtime.browser_check import BrowserCheck
from agent_core.runtime.exports import Exports
from agent_core.runtime.offered_updates import OfferedUpdates
from agent_core.runtime.offered_window import OfferedWindow
from agent_core.runtime.office import OfficeCommands
from agent_core.runtime.portal_owner import PortalOwner
from agent_core.runtime.report import SelfReport
from agent_core.settings import SettingsFile
from agent_core.store.database import AgentStore
from protocol.jobs import JobSnapshot

BROWSER_FOLDER = "browser"
EXPORT_FOLDER = "exports"


@dataclass(frozen=True)
class Running:
    """The parts, joined: what the local API answers with, and the threads that are not its own."""

    services: Services
    relay_worker: RelayWorker
    heartbeat: HeartbeatThread
    commands: CommandThread
    attention: AttentionThread


def join(
    options: AgentOptions,
    settings: SettingsFile,
    store: AgentStore,
    secrets: Secrets,
    client: httpx.Client,
    *,
    session: PortalSession,
    port: int,
    window: OfferedWindow,
    clocks: Clocks,
    stopping: threading.Event,
    updates: OfferedUpdates | None = None,
    is_held: Callable[[], bool] = lambda: False,
) -> Running:
    """Join the parts; nothing runs yet."""
    files = LocalResumeFiles()
    cloud = CloudHttp(client, lambda: settings.current.api_base_url)
    people = People(cloud, secrets, clocks.steady)
    person = PersonHttp(cloud, people)
    pairing = _pairing(cloud, secrets, settings, store)
    logins = PortalLogins(settings, secrets)
    browser = _browser(options)
    portal = _portal(session, files, store, settings=settings, logins=logins, clock=clocks.wall)
    relay = _relay(store, files, cloud, _identity(settings, pairing), clocks.wall)
    report, office = _asked(settings, store, portal, logins, browser, LateSealing(secrets), clocks.steady)
    heartbeat, commands = _to_the_office(settings, store, files, pairing, cloud, report=report, office=office)
    portal.listen(heartbeat.beat_now)
    services = Services(
        port=port,
        data_dir=options.data_dir,
        settings=settings,
        secrets=secrets,
        store=store,
        files=files,
        portal=portal,
        logins=logins,
        relay=relay,
        window=window,
        updates=updates or OfferedUpdates(),
        is_held=is_held,
        cloud=cloud,
        people=people,
        exports=_exports(options, store, files, CloudExports(person), clocks.wall),
        stored_resumes=StoredResumes(person),
        pairing=pairing,
        codes=launch_codes(clocks.steady),
        tokens=session_tokens(clocks.steady),
        clock=clocks.wall,
        steady=clocks.steady,
        sending_changed=_sending_changed(relay, store, heartbeat, commands),
        auto_start=options.auto_start or NoAutoStart(),
        browser=browser,
        is_stopping=stopping.is_set,
        platform=_platform(),
        web_ui_dir=options.web_ui_dir,
        demo=options.demo,
    )
    worker = RelayWorker(relay.step, lambda: store.records.commits, store.records.wait_for_commit)
    return Running(services, worker, heartbeat, commands, _attention(store, portal, window))


def _portal(
    session: PortalSession,
    files: ResumeFiles,
    store: AgentStore,
    *,
    settings: SettingsFile,
    logins: PortalLogins,
    clock: Clock,
) -> PortalOwner:
    return PortalOwner(session, files, store, settings=settings, logins=logins, run_job=_run_job, clock=clock)


def _asked(  # noqa: PLR0917 - named one by one, the call would make `join` too long to read
    settings: SettingsFile,
    store: AgentStore,
    portal: PortalOwner,
    logins: PortalLogins,
    browser: BrowserCheck,
    sealing: LateSealing,
    clock: Clock,
) -> tuple[SelfReport, OfficeCommands]:
    report = SelfReport(settings, store, portal, logins, sealing.public, clock, platform=_platform())
    office = OfficeCommands(store.commands, portal, settings, logins, browser, open_code=sealing.open)
    return report, office


def _run_job(  # noqa: PLR0917 - the signature of `run_job`
    job_id: UUID,
    portal: PortalSession,
    files: ResumeFiles,
    store: AgentStore,
    folder: Path,
    clock: Clock,
    stop: Stop,
) -> JobSnapshot:
    """Run a download; what reads pages and PDFs is loaded with the first one."""
    from agent_core.downloads.run import run_job  # noqa: PLC0415 - not before somebody downloads

    return run_job(job_id, portal, files, store, folder, clock, stop)


def _attention(store: AgentStore, portal: PortalOwner, window: OfferedWindow) -> AttentionThread:
    return AttentionThread(store, lambda: store.records.commits, portal.session, window.call_for_attention)


def _token(settings: SettingsFile, pairing: Pairing) -> Callable[[], str | None]:
    return lambda: pairing.token() if settings.current.cloud_sync_enabled else None


def _to_the_office(
    settings: SettingsFile,
    store: AgentStore,
    files: ResumeFiles,
    pairing: Pairing,
    cloud: CloudHttp,
    *,
    report: SelfReport,
    office: OfficeCommands,
) -> tuple[HeartbeatThread, CommandThread]:
    gateway, token = CloudGateway(cloud, pairing.token), _token(settings, pairing)
    uploads = _wanted_uploads(settings, store, files, gateway)
    heartbeat = HeartbeatThread(cloud, token=token, describe=report.heartbeat, take_uploads=uploads.take)
    client = make_client()  # of its own: one question is held on it nearly all the time
    commands = CommandThread(
        CloudHttp(client, lambda: settings.current.api_base_url),
        gateway,
        token=token,
        obey=office.obey,
        jitter=random_source.SystemRandom().random,
        line=HeldLine(client),
        uploads_wanted=heartbeat.beat_now,
    )
    return heartbeat, commands


def _sending_changed(
    relay: Relay, store: AgentStore, heartbeat: HeartbeatThread, commands: CommandThread
) -> Callable[[], None]:
    def sending_changed() -> None:
        relay.begin_anew()
        store.records.wake()
        heartbeat.beat_now()
        commands.ask_now()

    return sending_changed


def _identity(settings: SettingsFile, pairing: Pairing) -> Identity:
    return Identity(lambda: _switches(settings, pairing), pairing.token)


def _relay(
    store: AgentStore, files: ResumeFiles, cloud: CloudHttp, identity: Identity, clock: Clock
) -> Relay:
    gateway: Cloud = CloudGateway(cloud, identity.token)
    return Relay(
        store.outbox,
        gateway,
        Uploader(files, gateway),
        switches=identity.look,
        clock=clock,
        jitter=random_source.SystemRandom().random,
    )


def _wanted_uploads(
    settings: SettingsFile, store: AgentStore, files: ResumeFiles, gateway: CloudGateway
) -> WantedUploads:
    return WantedUploads(
        is_allowed=lambda: settings.current.cloud_upload_resumes,
        find=store.outbox.upload_of,
        upload=Uploader(files, gateway).upload,
        done=store.outbox.upload_done,
        refuse=gateway.refuse_command,
    )


def _exports(
    options: AgentOptions, store: AgentStore, files: ResumeFiles, office: CloudExports, clock: Clock
) -> Exports:
    sources = ResumeSources(store.resume_with_content, files, office)
    folder = options.data_dir / EXPORT_FOLDER
    return Exports(office, sources, LocalExportFiles(), folder=folder, clock=clock)


def _browser(options: AgentOptions) -> BrowserCheck:
    return BrowserCheck(lambda: browser_report(browser_options(options), os.environ))


def browser_options(options: AgentOptions) -> BrowserOptions:
    """Return how this agent starts its browser."""
    profiles = options.data_dir / BROWSER_FOLDER
    return BrowserOptions(options.browser_path, options.driver_path, options.headless, profiles)


def _pairing(cloud: CloudHttp, secrets: Secrets, settings: SettingsFile, store: AgentStore) -> Pairing:
    facts = store.facts
    return Pairing(
        cloud,
        secrets,
        settings,
        read_fact=facts.get,
        write_facts=facts.put,
        belong_to=store.belong_to,
        records_belong=store.belongs,
    )


def _switches(settings: SettingsFile, pairing: Pairing) -> Switches:
    now = settings.current
    return Switches(
        send=now.cloud_sync_enabled and pairing.token() is not None,
        upload=now.cloud_upload_resumes,
        device_id=now.device_id,
    )


def _platform() -> str:
    return f"{platform.system()} {platform.release()}"[:400]
