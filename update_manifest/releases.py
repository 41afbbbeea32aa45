"""What a release is, and the three signed lists that speak of releases.

A release is immutable. `ReleaseList` is signed by the release managers (role `targets`), `Exposure` by
whoever turns the roll-out (role `exposure`) and `Halt` by the one on call (role `halt`, which only denies).
Unknown members are passed over: a version that is installed today must read what is signed in years, and
the signatures cover the text as it came. What a reader must know of raises `SCHEMA`, which is refused.

Example:
    >>> Halt.model_validate_json('{"schema": 1, "paused": ["1.4.2"]}').paused
    ('1.4.2',)
"""

import re
from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

APP_ID = "njordhr"
SCHEMA = 1

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Version = Annotated[str, StringConstraints(pattern=r"^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$")]
Channel = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,31}$")]
Platform = Literal["linux-x86_64", "linux-aarch64", "macos-arm64", "macos-x86_64", "windows-x86_64"]
Build = Annotated[int, Field(gt=0, lt=2**31)]

_BAD_NAME = re.compile(r'[\x00-\x1f<>:"|?*\\]')
_DEVICE = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)


def _relative(path: str) -> str:
    """Let a path pass that means the same file below a folder on each system."""
    parts = path.split("/")
    plain = all(part not in {"", ".", ".."} and part == part.rstrip(". ") for part in parts)
    if not plain or _BAD_NAME.search(path) or any(_DEVICE.match(part) for part in parts):
        raise ValueError("not a plain relative path")
    return str(PurePosixPath(path))


RelativePath = Annotated[str, StringConstraints(max_length=400), AfterValidator(_relative)]
"""With `/`, below a folder, of names that each system takes."""


class Signed(BaseModel):
    """A part of something that was signed."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class BundleFile(Signed):
    """One file of a bundle.

    Attributes:
        length: bytes.
        mode: its permission bits; only 0o644 and 0o755 exist.
    """

    path: RelativePath
    sha256: Sha256
    length: Annotated[int, Field(ge=0)]
    mode: Literal[0o644, 0o755]


class Delta(Signed):
    """What makes this release of an earlier one.

    Attributes:
        from_tree: `tree_sha256` of the earlier one.
        length: bytes.
    """

    from_tree: Sha256
    url: RelativePath
    sha256: Sha256
    length: Annotated[int, Field(gt=0)]


class CodeSign(Signed):
    """Whose code signature of the operating system the program must carry; fails closed where it is given."""

    windows_spki_sha256: tuple[Sha256, ...] = ()
    macos_team: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{10}$")] | None = None


class ManifestSignature(Signed):
    """One release manager's signature of a release."""

    keyid: Sha256
    sig: str


class Release(Signed):
    """A release (specification 10.3).

    Attributes:
        url: of the whole bundle as `.tar.zst`, relative to a mirror.
        length: of that archive, in bytes.
        tree_sha256: of `files`; see `update_manifest.trees`.
        min_from: the earliest version that may go to this one directly.
        schema_min: the earliest schema of the agent's records that it can read.
        schema_max: the schema it leaves them in.
        allow_downgrade_from: later versions that may go back to this one.
        released: when, RFC 3339 in UTC.
        notes: what is new, for people; plain text.
        signature: base64 of the first of `signatures`.
        signatures: over `signed_bytes` of `update_manifest.manifest`.
    """

    app_id: str
    version: Version
    build: Build
    platform: Platform
    channel: Channel
    url: RelativePath
    sha256: Sha256
    length: Annotated[int, Field(gt=0)]
    files: tuple[BundleFile, ...]
    tree_sha256: Sha256
    deltas: tuple[Delta, ...] = ()
    critical: bool = False
    min_from: Version | None = None
    schema_min: Annotated[int, Field(ge=0)]
    schema_max: Annotated[int, Field(ge=0)]
    allow_downgrade_from: tuple[Version, ...] = ()
    codesign: CodeSign = CodeSign()
    released: str
    notes: Annotated[str, StringConstraints(max_length=20_000)] = ""
    signature: str = ""
    signatures: tuple[ManifestSignature, ...] = ()


class ReleaseList(Signed):
    """The releases of one channel and platform, newest first; what was disabled, and what is safe.

    Attributes:
        disabled: versions that nobody may go to.
        min_safe: whoever has an earlier version is told to update at once.
    """

    schema_: Literal[1] = Field(alias="schema")
    releases: tuple[Release, ...]
    disabled: tuple[Version, ...] = ()
    min_safe: Version | None = None


class Stage(Signed):
    """How far one build is rolled out.

    Attributes:
        percent: of the installations, 0 to 100.
        salt: new for each release, so that it is not always the same people who go first.
    """

    percent: Annotated[float, Field(ge=0, le=100)]
    salt: Annotated[str, StringConstraints(min_length=8, max_length=64)]
    pause: bool = False


class Exposure(Signed):
    """Who is offered what of the releases that are signed already.

    Attributes:
        builds: by build, as text because JSON has no other keys.
        mirrors: where artifacts are, `https` addresses that end in `/`; the first that answers is taken.
    """

    schema_: Literal[1] = Field(alias="schema")
    builds: dict[str, Stage]
    mirrors: tuple[str, ...] = ()


class Halt(Signed):
    """What the one on call has stopped. It can only deny."""

    schema_: Literal[1] = Field(alias="schema")
    paused: tuple[Version, ...] = ()
    disabled: tuple[Version, ...] = ()
