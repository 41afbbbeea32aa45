"""The steps that sign, notarise and check what is made for a Mac. They run on a Mac.

Passwords are in its keychain: `notarytool store-credentials` puts them there once, under the profile's name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.install.code_signature import codesign_command
from desktop.packaging.signing.steps import Step

MAGIC = frozenset(
    bytes.fromhex(magic) for magic in ("cffaedfe", "cefaedfe", "feedfacf", "feedface", "cafebabe", "cafebabf")
)
"""How a program or library of macOS begins: for one processor, or for several."""


@dataclass(frozen=True)
class AppleIdentity:
    """Who signs for Apple's systems.

    Attributes:
        application: the certificate that signs programs, such as ``Developer ID Application: Name (TEAM)``.
        installer: the one that signs packages, ``Developer ID Installer: …``.
        team: ten characters.
        profile: the name under which the keychain has the credentials for notarising.
    """

    application: str
    installer: str
    team: str
    profile: str


def code_inside(app: Path) -> tuple[Path, ...]:
    """Return the programs and libraries inside an app, the deepest first: the outer seals the inner."""
    found = [path for path in app.rglob("*") if path.is_file() and not path.is_symlink() and _is_code(path)]
    return tuple(sorted(found, key=lambda path: (-len(path.parts), str(path))))


def sign_app(app: Path, code: Sequence[Path], entitlements: Path, identity: AppleIdentity) -> Sequence[Step]:
    """Return the steps that sign an app from the inside out, with the hardened runtime.

    Args:
        app: the folder `….app`.
        code: what `code_inside` found.
        entitlements: what the hardened runtime is to allow; for programs, libraries take it over.
        identity: who signs.
    """
    inside = [
        Step(f"Sign {path.relative_to(app)}", _codesign(path, identity.application, None)) for path in code
    ]
    return (*inside, Step(f"Sign {app.name}", _codesign(app, identity.application, entitlements)))


def sign_code(
    folder: Path, code: Sequence[Path], entitlements: Path, identity: AppleIdentity
) -> Sequence[Step]:
    """Return the steps that sign a folder's programs and libraries, which are no app, as `sign_app` does."""
    return [
        Step(f"Sign {path.relative_to(folder)}", _codesign(path, identity.application, entitlements))
        for path in code
    ]


def verify_app(app: Path, identity: AppleIdentity) -> Sequence[Step]:
    """Return the steps that fail unless an app is signed by this team, in the words that updates use too."""
    return (Step(f"Verify the signature of {app.name}", codesign_command(app, identity.team)),)


def notarise(package: Path, identity: AppleIdentity) -> Sequence[Step]:
    """Return the steps that have Apple look at a package and attach its answer: it is good offline then."""
    submit = ("xcrun", "notarytool", "submit", str(package), "--keychain-profile", identity.profile, "--wait")
    staple = ("xcrun", "stapler", "staple", str(package))
    return (Step(f"Have Apple notarise {package.name}", submit), Step("Attach Apple's answer", staple))


def notarise_app(app: Path, archive: Path, identity: AppleIdentity) -> Sequence[Step]:
    """Return the steps that notarise an app: it is sent as an archive, and the answer attached to the app."""
    zipped = ("ditto", "-c", "-k", "--keepParent", str(app), str(archive))
    submit, _ = notarise(archive, identity)
    staple = Step("Attach Apple's answer", ("xcrun", "stapler", "staple", str(app)))
    return (Step(f"Pack {app.name} for Apple", zipped), submit, staple)


def assess(package: Path) -> Sequence[Step]:
    """Return the step that asks a Mac whether it would let somebody open this package."""
    command = ("spctl", "--assess", "--type", "install", "--verbose", str(package))
    return (Step(f"Ask this Mac whether it would open {package.name}", command),)


def _codesign(path: Path, application: str, entitlements: Path | None) -> tuple[str, ...]:
    allowed = ("--entitlements", str(entitlements)) if entitlements is not None else ()
    return (
        "codesign",
        "--force",
        "--options",
        "runtime",
        "--timestamp",
        *allowed,
        "--sign",
        application,
        str(path),
    )


def _is_code(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in MAGIC
