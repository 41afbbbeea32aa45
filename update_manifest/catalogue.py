"""What a client believes of one channel and platform: releases, who is offered them, and what is stopped."""

from dataclasses import dataclass

from update_manifest.releases import Exposure, Halt, Release, ReleaseList


@dataclass(frozen=True)
class Catalogue:
    """Three lists that were believed together.

    Attributes:
        mirror: where the repository itself keeps artifacts, asked after `exposure.mirrors`; ends in ``/``.
    """

    releases: ReleaseList
    exposure: Exposure
    halt: Halt
    mirror: str = ""

    def addresses(self, url: str) -> tuple[str, ...]:
        """Return where an artifact is, in the order to try; ``url`` as in a `Release` or a `Delta`."""
        mirrors = (*self.exposure.mirrors, self.mirror)
        return tuple(dict.fromkeys(f"{mirror.rstrip('/')}/{url}" for mirror in mirrors if mirror))

    def find(self, version: str) -> Release | None:
        """Return the release of this version, if it is listed."""
        return next((one for one in self.releases.releases if one.version == version), None)

    def disabled(self) -> frozenset[str]:
        """Return the versions that nobody may go to."""
        return frozenset({*self.releases.disabled, *self.halt.disabled})
