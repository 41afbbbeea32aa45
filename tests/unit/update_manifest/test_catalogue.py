"""What is believed together."""

from update_manifest.catalogue import Catalogue
from update_manifest.releases import Exposure, Halt, ReleaseList


def _catalogue(mirrors: tuple[str, ...], mirror: str) -> Catalogue:
    return Catalogue(
        ReleaseList(schema=1, releases=(), disabled=("1.0.0",)),
        Exposure(schema=1, builds={}, mirrors=mirrors),
        Halt(schema=1, disabled=("1.1.0",)),
        mirror,
    )


def test_mirrors_go_first_and_each_once() -> None:
    catalogue = _catalogue(("https://a.example.com/", "https://b.example.com"), "https://a.example.com/")
    assert catalogue.addresses("artifacts/x") == (
        "https://a.example.com/artifacts/x",
        "https://b.example.com/artifacts/x",
    )
    assert _catalogue((), "").addresses("artifacts/x") == ()


def test_who_may_not_be_gone_to() -> None:
    assert _catalogue((), "").disabled() == {"1.0.0", "1.1.0"}
    assert _catalogue((), "").find("1.0.0") is None
