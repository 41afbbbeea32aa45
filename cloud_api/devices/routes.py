"""Routes of pairing and of the office's computers."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from apiflask import APIBlueprint, EmptySchema

from cloud_api.auth.guard import allow, allow_anyone, current_device, current_principal
from cloud_api.auth.policy import Action
from cloud_api.db.pool import Database
from cloud_api.devices import pair, report
from cloud_api.devices.schemas import DeviceList, PairingCode
from protocol.devices import DeviceRegistered, DeviceRegistration, Heartbeat, HeartbeatAnswer


def blueprint(
    database: Database, clock: Callable[[], datetime], limited: Callable[[Any], Any]
) -> APIBlueprint:
    """Make the routes; ``limited`` wraps what can be tried without being signed in."""
    routes = APIBlueprint("devices", __name__, url_prefix="/api")

    @routes.post("/device/pairing-codes")
    @allow(Action.DEVICE_PAIR)
    @routes.output(PairingCode)
    def make_pairing_code() -> PairingCode:
        """Make a code that connects one computer, once, within ten minutes."""
        return pair.make_code(database, current_principal())

    @routes.post("/device/register")
    @allow_anyone("the pairing code says who; tries are limited")
    @limited
    @routes.input(DeviceRegistration)
    @routes.output(DeviceRegistered)
    def register_device(json_data: DeviceRegistration) -> DeviceRegistered:
        """Use a pairing code up and get the computer's token, told this once."""
        return pair.register(database, json_data)

    @routes.post("/device/heartbeat")
    @allow(Action.DEVICE_REPORT)
    @routes.input(Heartbeat)
    @routes.output(HeartbeatAnswer)
    def heartbeat(json_data: Heartbeat) -> HeartbeatAnswer:
        """Say that the computer is alive; learn which jobs wait for it."""
        return report.heartbeat(database, current_device(), json_data, clock)

    @routes.get("/devices")
    @allow(Action.DEVICE_LIST)
    @routes.output(DeviceList)
    def list_devices() -> DeviceList:
        """List the computers that the person may see, newest first."""
        return report.devices(database, current_principal())

    @routes.post("/devices/<uuid:device_id>/revoke")
    @allow(Action.DEVICE_REVOKE)
    @routes.output(EmptySchema, status_code=204)
    def revoke_device(device_id: UUID) -> str:
        """Disconnect a computer: its token stops working with its next request."""
        report.revoke(database, current_principal(), device_id)
        return ""

    return routes
