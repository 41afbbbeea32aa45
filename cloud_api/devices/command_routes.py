"""Routes of commands: asked by a person, claimed and answered by a computer."""

from typing import Any
from uuid import UUID

from apiflask import APIBlueprint, EmptySchema
from flask import request

from cloud_api.auth.guard import Guard, allow, current_device, current_principal
from cloud_api.auth.policy import Action
from cloud_api.db.pool import Database
from cloud_api.devices import command
from cloud_api.devices.poll import Polls
from cloud_api.devices.schemas import CommandRequest, CommandsQuery, CommandView
from protocol.commands import CommandList
from protocol.devices import CommandRefusal

_Responses = dict[int | str, dict[str, str | dict[str, dict[str, Any]]]]
_VIEW = {"application/json": {"schema": {"$ref": "#/components/schemas/CommandView"}}}
_THERE_ALREADY: _Responses = {200: {"description": "It was asked already", "content": _VIEW}}


def blueprint(database: Database, guard: Guard, polls: Polls) -> APIBlueprint:
    """Make the routes; ``polls`` holds the questions of computers."""
    routes = APIBlueprint("commands", __name__, url_prefix="/api")

    @routes.post("/devices/<uuid:device_id>/commands")
    @allow(Action.DEVICE_COMMAND)
    @routes.input(CommandRequest)
    @routes.output(CommandView, status_code=201)
    @routes.doc(responses=_THERE_ALREADY)
    def ask_computer(device_id: UUID, json_data: CommandRequest) -> tuple[CommandView, int]:
        """Ask one of the person's own computers for something; the same id again changes nothing."""
        view, made = command.ask(database, current_principal(), device_id, json_data)
        return view, 201 if made else 200

    @routes.get("/commands/<uuid:command_id>")
    @allow(Action.DEVICE_COMMAND)
    @routes.output(CommandView)
    def get_command(command_id: UUID) -> CommandView:
        """Look at what became of a command that the person asked."""
        return command.one(database, current_principal(), command_id)

    _add_computer(routes, database, guard, polls)
    return routes


def _add_computer(routes: APIBlueprint, database: Database, guard: Guard, polls: Polls) -> None:
    @routes.get("/device/commands")
    @allow(Action.DEVICE_REPORT)
    @routes.input(CommandsQuery, location="query")
    @routes.output(CommandList)
    def claim_commands(query_data: CommandsQuery) -> CommandList:
        """Claim what waits for the computer; with nothing there, the answer waits so many seconds."""
        device, authorization = current_device(), request.headers.get("Authorization")
        return polls.answer(
            device,
            query_data.wait,
            lambda: command.claim(database, device),
            lambda: guard.admit(authorization, Action.DEVICE_REPORT),
        )

    @routes.post("/device/commands/<uuid:command_id>/done")
    @allow(Action.DEVICE_REPORT)
    @routes.output(EmptySchema, status_code=204)
    def finish_command(command_id: UUID) -> str:
        """Say that the computer did what it was asked."""
        command.finish(database, current_device(), command_id)
        return ""

    @routes.post("/device/commands/<uuid:command_id>/refuse")
    @allow(Action.DEVICE_REPORT)
    @routes.input(CommandRefusal)
    @routes.output(EmptySchema, status_code=204)
    def refuse_command(command_id: UUID, json_data: CommandRefusal) -> str:
        """Say why the computer does not do what it was asked."""
        command.refuse(database, current_device(), command_id, json_data)
        return ""
