"""Routes of pairing and of the office's computers."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from apiflask import APIBlueprint, EmptySchema

from cloud_api.auth.guard import (
    allow,
    allow_anyone,
    current_device,
    current_origin,
    current_person,
    current_principal,
)
from cloud_api.auth.limits import Tries
from cloud_api.auth.policy import Action
from cloud_api.db.pool import Database
from cloud_api.devices import pair, report
from cloud_api.devices.schemas import DeviceList, PairingCode
from protocol.devices import DeviceRegistered, DeviceRegistration, Heartbeat, HeartbeatAnswer


def blueprint(
    database: Database, clock: Callable[[], datetime], by_address: Tries, pairing: Tries
) -> APIBlueprint:
    """Make the routes.

    Args:
        database: of the office.
        clock: tells now.
        by_address: limits what can be tried without being signed in.
        pairing: limits how many codes a person makes.
    """
    routes = APIBlueprint("devices", __name__, url_prefix="/api")

    @routes.post("/device/pairing-codes")
    @allow(Action.DEVICE_PAIR)
    @routes.output(PairingCode)
    def make_pairing_code() -> PairingCode:
        """Make a code that connects one computer, once, within ten minutes."""
        person = current_person()
        pairing.count(str(person.user_id))
        return pair.make_code(database, person)

    @routes.post("/device/register")
    @allow_anyone("the pairing code says who; tries are limited")
    @by_address.by_address
    @routes.input(DeviceRegistration)
    @routes.output(DeviceRegistered)
    def register_device(json_data: DeviceRegistration) -> DeviceRegistered:
        """Use a pairing code up and get the computer's token, told this once."""
        return pair.register(database, json_data, current_origin())

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
