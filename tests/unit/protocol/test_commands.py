"""Commands on the wire: what a code is bound to, and who may be newer."""

from uuid import UUID

import pytest
from pydantic import ValidationError

from protocol.commands import Command, CommandKind, CommandList, PortalReport, SessionState, sealing_info

DEVICE, COMMAND = UUID(int=1), UUID(int=2)


def test_a_code_is_bound_to_its_computer_and_its_command() -> None:
    assert sealing_info(DEVICE, COMMAND) != sealing_info(COMMAND, DEVICE)
    assert sealing_info(DEVICE, COMMAND).endswith(b"00000001 00000000-0000-0000-0000-000000000002")


def test_fields_of_a_newer_cloud_are_no_trouble() -> None:
    raw = {"command_id": str(COMMAND), "kind": "connect_portal", "colour": "blue"}
    assert Command.model_validate(raw).kind is CommandKind.CONNECT_PORTAL
    assert CommandList.model_validate({"commands": [raw], "more": 1}).commands[0].command_id == COMMAND


def test_a_report_holds_no_whole_phone_number() -> None:
    with pytest.raises(ValidationError):
        PortalReport(state=SessionState.CONNECTED, phone_ends="22334")
