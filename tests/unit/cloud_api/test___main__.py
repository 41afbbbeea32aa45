import pytest
from pydantic import ValidationError

from cloud_api.__main__ import disconnected_app, incomplete
from cloud_api.settings import CloudSettings


def test_what_is_missing_is_named_as_it_is_set_and_no_value_is_repeated() -> None:
    with pytest.raises(ValidationError) as caught:
        CloudSettings.model_validate({"port": "secret-value"})
    text = incomplete(caught.value)
    assert "NJORDHR_CLOUD_DATABASE_URL: Field required" in text
    assert "NJORDHR_CLOUD_PORT: " in text
    assert "secret-value" not in text


def test_the_application_can_be_looked_at_without_a_database() -> None:
    with disconnected_app() as app:
        assert len(list(app.url_map.iter_rules())) >= 30
