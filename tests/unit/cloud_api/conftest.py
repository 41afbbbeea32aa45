"""The application without a database, for what can be seen from outside of it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from apiflask import APIFlask

from cloud_api.app import create_app
from cloud_api.services import Services, build_services
from cloud_api.settings import CloudSettings

MakeApp = Callable[..., APIFlask]


def settings_with(folder: Path, **changes: object) -> CloudSettings:
    return CloudSettings.model_validate(
        {
            "database_url": "postgresql://nobody@127.0.0.1:1/none",
            "object_store_folder": folder,
            "object_link_key": "k" * 40,
            **changes,
        }
    )


@pytest.fixture
def make_app(tmp_path: Path) -> Iterator[MakeApp]:
    made: list[Services] = []

    def make(**changes: object) -> APIFlask:
        made.append(build_services(settings_with(tmp_path, **changes), connect=False))
        return create_app(made[-1])

    yield make
    for services in made:
        services.close()
