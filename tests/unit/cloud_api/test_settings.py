"""The cloud's settings: nonsense is refused at the start and not at the first request."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from cloud_api.settings import AuthProvider, CloudSettings, Limit

GOOD: dict[str, object] = {
    "database_url": "postgresql://njordhr_api:secret@db.example.com/postgres",
    "object_store_folder": Path("/srv/resumes"),
    "object_link_key": "k" * 32,
}


def test_one_machine_needs_little() -> None:
    settings = CloudSettings.model_validate(GOOD)

    assert settings.auth_provider is AuthProvider.LOCAL
    assert settings.host == "127.0.0.1"


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    settings = CloudSettings.model_validate({**GOOD, "supabase_publishable_key": "sb_publishable_1"})

    for secret in ("secret@", "kkkk", "sb_publishable_1"):
        assert secret not in repr(settings)


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in GOOD.items():
        monkeypatch.setenv(f"NJORDHR_CLOUD_{name.upper()}", str(value))
    monkeypatch.setenv("NJORDHR_CLOUD_ALLOWED_ORIGIN", "https://office.example.com/")

    assert CloudSettings().allowed_origin == "https://office.example.com"


@pytest.mark.parametrize(
    "wrong",
    [
        {"object_link_key": "short"},
        {"object_store_folder": None},
        {"auth_provider": "supabase"},
        {"auth_provider": "supabase", "supabase_url": "https://x.supabase.co"},
        {"auth_provider": "ldap"},
        {"port": 70000},
        {"database_pool_size": 0},
        *(
            {"allowed_origin": origin}
            for origin in (
                "*",
                "https://*.example.com",
                "office.example.com",
                "ftp://office.example.com",
                "https://office.example.com/app",
                "https://office.example.com?x",
                "https://me@office.example.com",
                "https://",
            )
        ),
    ],
)
def test_nonsense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        CloudSettings.model_validate({**GOOD, **wrong})


def test_supabase_is_taken_with_its_address_and_key() -> None:
    settings = CloudSettings.model_validate(
        {
            **GOOD,
            "auth_provider": "supabase",
            "supabase_url": "https://project.supabase.co/",
            "supabase_publishable_key": "sb_publishable_1",
        }
    )

    assert settings.supabase_url == "https://project.supabase.co"


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("60 per minute", Limit(60, 60)),
        ("10 per 5 minutes", Limit(10, 300)),
        ("3 per hour", Limit(3, 3600)),
        (" 1 per day ", Limit(1, 86400)),
        ("100000 per 1 second", Limit(100000, 1)),
    ],
)
def test_a_limit_reads_as_people_say_it(text: str, limit: Limit) -> None:
    assert Limit.parse(text) == limit


@pytest.mark.parametrize(
    "text", ["", "60", "0 per minute", "-1 per day", "60/minute", "5 per 0 minutes", "x per day"]
)
def test_what_is_no_limit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must read like"):
        Limit.parse(text)
