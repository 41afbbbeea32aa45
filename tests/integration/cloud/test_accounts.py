"""The accounts of one machine, and who the guard lets through, on a real database."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest

from cloud_api.auth.guard import Guard, token_hash
from cloud_api.auth.local_accounts import LocalAccounts, Member, create_member, main
from cloud_api.auth.policy import Action
from cloud_api.auth.principal import Device, Person, Role
from cloud_api.auth.tokens import LOCAL_ISSUER, LocalSigner, TokenVerifier
from cloud_api.errors import Forbidden, NotSignedIn
from protocol.reasons import Reason
from tests.support.office import World

PASSWORD = "correct horse battery"


class Desk:
    """Accounts and guard of one running API."""

    def __init__(self, world: World) -> None:
        self.time = datetime.now(UTC)
        self.world = world
        signer = LocalSigner(lambda: self.time)
        self.accounts = LocalAccounts(world.database, signer, lambda: self.time)
        self.guard = Guard(world.database, TokenVerifier(signer, LOCAL_ISSUER, lambda: self.time))

    def member(self, name: str, role: str = "recruiter", office: str = "North") -> Member:
        return create_member(
            self.world.admin_url, office, f"{name}@example.com", name.title(), role, PASSWORD
        )


@pytest.fixture(scope="module")
def desk(office_world: World) -> Desk:
    return Desk(office_world)


def test_a_member_signs_in_and_is_known(desk: Desk) -> None:
    made = desk.member("anna", "manager")

    tokens = desk.accounts.sign_in(" Anna@Example.com ", PASSWORD)
    person = desk.guard.admit(f"Bearer {tokens.access_token}", Action.DASHBOARD_READ)

    assert person == Person(
        made.user_id, made.organisation_id, "North", "anna@example.com", "Anna", Role.MANAGER
    )
    assert tokens.expires_in == 900


def test_making_a_member_again_changes_nothing_but_what_is_said(desk: Desk) -> None:
    first = desk.member("bela")
    again = create_member(desk.world.admin_url, "North", "BELA@example.com", "Bela B", "admin", PASSWORD)

    assert first == again
    assert desk.guard.person(first.user_id).role is Role.ADMIN
    with pytest.raises(ValueError, match="another office"):
        create_member(desk.world.admin_url, "South", "bela@example.com", "Bela", "admin", PASSWORD)


@pytest.mark.parametrize(("role", "password"), [("owner", PASSWORD), ("admin", "short")])
def test_a_member_of_no_role_or_with_a_short_password_is_refused(
    desk: Desk, role: str, password: str
) -> None:
    with pytest.raises(ValueError, match=r"owner|at least 12"):
        create_member(desk.world.admin_url, "North", "x@example.com", "X", role, password)


def test_the_command_makes_a_member(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NJORDHR_MEMBER_PASSWORD", PASSWORD)
    arguments = ["--organisation", "North", "--email", "cora@example.com", "--name", "Cora"]
    monkeypatch.setenv("NJORDHR_CLOUD_ADMIN_URL", desk.world.admin_url)

    assert main([*arguments, "--role", "recruiter"]) == 0
    assert desk.accounts.sign_in("cora@example.com", PASSWORD)
    monkeypatch.setenv("NJORDHR_MEMBER_PASSWORD", "short")
    assert main([*arguments, "--role", "recruiter"]) == 1
    assert "at least 12" in capsys.readouterr().err


@pytest.mark.parametrize("email", ["anna@example.com", "nobody@example.com"])
def test_a_wrong_password_and_an_unknown_address_are_told_alike(desk: Desk, email: str) -> None:
    desk.member("anna", "manager")
    with pytest.raises(NotSignedIn) as refused:
        desk.accounts.sign_in(email, "wrong password")
    assert (refused.value.reason, refused.value.detail) == (Reason.AUTH_WRONG_CREDENTIALS, "")


def test_passwords_and_refresh_tokens_are_kept_as_hashes_only(desk: Desk) -> None:
    desk.member("dora")
    tokens = desk.accounts.sign_in("dora@example.com", PASSWORD)

    kept = desk.world.rows("select password_hash from local_auth.accounts where email = 'dora@example.com'")
    assert kept[0][0].startswith("$argon2id$")
    hashes = {row[0] for row in desk.world.rows("select token_hash from local_auth.refresh_tokens")}
    assert token_hash(tokens.refresh_token) in hashes
    assert tokens.refresh_token not in repr(tokens)


def test_a_refresh_token_is_used_up_and_its_second_use_ends_the_whole_sign_in(desk: Desk) -> None:
    desk.member("emma")
    first = desk.accounts.sign_in("emma@example.com", PASSWORD)
    other = desk.accounts.sign_in("emma@example.com", PASSWORD)
    second = desk.accounts.refresh(first.refresh_token)

    for stolen in (first.refresh_token, second.refresh_token):
        with pytest.raises(NotSignedIn) as refused:
            desk.accounts.refresh(stolen)
        assert refused.value.reason is Reason.AUTH_REQUIRED
    assert desk.accounts.refresh(other.refresh_token)


def test_signing_out_ends_the_refresh_token(desk: Desk) -> None:
    desk.member("fred")
    tokens = desk.accounts.sign_in("fred@example.com", PASSWORD)

    desk.accounts.sign_out(tokens.access_token, tokens.refresh_token)

    for token in (tokens.refresh_token, "njr_unknown", ""):
        with pytest.raises(NotSignedIn):
            desk.accounts.refresh(token)


def test_a_refresh_token_runs_out_after_thirty_days(desk: Desk) -> None:
    desk.member("gina")
    past = Desk(desk.world)
    past.time -= timedelta(days=31)
    tokens = past.accounts.sign_in("gina@example.com", PASSWORD)

    with pytest.raises(NotSignedIn):
        desk.accounts.refresh(tokens.refresh_token)


def test_a_member_who_was_switched_off_is_refused_at_the_next_request(desk: Desk) -> None:
    made = desk.member("hugo")
    header = f"Bearer {desk.accounts.sign_in('hugo@example.com', PASSWORD).access_token}"
    desk.guard.admit(header, Action.ME_READ)
    desk.world.run("update app.memberships set active = false where user_id = %s", made.user_id)

    with pytest.raises(Forbidden) as refused:
        desk.guard.admit(header, Action.ME_READ)
    assert refused.value.reason is Reason.AUTH_NOT_A_MEMBER
    with pytest.raises(Forbidden):
        desk.guard.person(uuid4())


def test_a_device_is_known_by_its_token_until_it_is_revoked(desk: Desk) -> None:
    made = desk.member("ida")
    token = "njd_a-token-of-a-test"
    device_id = desk.world.value(
        "insert into app.devices (organisation_id, user_id, device_name, token_hash)"
        " values (%s, %s, 'Laptop', %s) returning id",
        made.organisation_id,
        made.user_id,
        token_hash(token),
    )
    header = f"Bearer {token}"
    expected = Device(device_id, made.organisation_id, made.user_id)

    assert desk.guard.admit(header, Action.EVENTS_SEND) == expected
    with pytest.raises(Forbidden) as not_for_devices:
        desk.guard.admit(header, Action.DASHBOARD_READ)
    desk.world.run("update app.devices set status = 'revoked' where id = %s", device_id)
    with pytest.raises(NotSignedIn) as revoked:
        desk.guard.admit(header, Action.EVENTS_SEND)

    assert not_for_devices.value.reason is Reason.AUTH_FORBIDDEN
    assert revoked.value.reason is Reason.DEVICE_REVOKED


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (None, Reason.AUTH_REQUIRED),
        ("", Reason.AUTH_REQUIRED),
        ("Bearer", Reason.AUTH_REQUIRED),
        ("Bearer  ", Reason.AUTH_REQUIRED),
        ("Basic YTpi", Reason.AUTH_REQUIRED),
        ("Bearer njd_made-up", Reason.AUTH_TOKEN_INVALID),
        ("Bearer a.b.c", Reason.AUTH_TOKEN_INVALID),
    ],
)
def test_nobody_else_is_let_in(desk: Desk, header: str | None, reason: Reason) -> None:
    with pytest.raises(NotSignedIn) as refused:
        desk.guard.admit(header, Action.ME_READ)
    assert refused.value.reason is reason


def test_making_a_member_needs_an_owner_of_the_schemas(desk: Desk) -> None:
    url = desk.world.database._pool.conninfo
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        create_member(str(url), "North", "eve@example.com", "Eve", "admin", PASSWORD)
