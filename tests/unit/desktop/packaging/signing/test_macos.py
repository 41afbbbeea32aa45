"""The commands for a Mac, and the order in which an app is signed."""

import shlex
from pathlib import Path

from desktop.packaging.signing.macos import (
    AppleIdentity,
    assess,
    code_inside,
    notarise,
    notarise_app,
    sign_app,
    verify_app,
)

US = AppleIdentity(
    "Developer ID Application: Example (ABCDE12345)",
    "Developer ID Installer: Example (ABCDE12345)",
    "ABCDE12345",
    "njordhr",
)


def _app(folder: Path) -> Path:
    app = folder / "NjordHR.app"
    for name, start in (
        ("Contents/MacOS/njordhr", "cffaedfe"),
        ("Contents/Frameworks/deep/_ssl.so", "cafebabe"),
        ("Contents/Frameworks/libpython.dylib", "cffaedfe"),
        ("Contents/Resources/words.json", "7b7d"),
        ("Contents/Resources/empty", ""),
    ):
        file = app / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(bytes.fromhex(start))
    return app


def test_an_app_is_signed_from_the_inside_out(tmp_path: Path) -> None:
    app = _app(tmp_path)
    steps = sign_app(app, code_inside(app), Path("entitlements.plist"), US)
    assert [step.what for step in steps] == [
        "Sign Contents/Frameworks/deep/_ssl.so",
        "Sign Contents/Frameworks/libpython.dylib",
        "Sign Contents/MacOS/njordhr",
        "Sign NjordHR.app",
    ]
    for step in steps:
        assert step.command[:5] == ("codesign", "--force", "--options", "runtime", "--timestamp")
    assert "--entitlements entitlements.plist" in shlex.join(steps[-1].command)


def test_it_is_verified_as_updates_verify_it(tmp_path: Path) -> None:
    (step,) = verify_app(_app(tmp_path), US)
    assert 'subject.OU] = "ABCDE12345"' in step.command[4]


def test_apple_is_asked_with_the_keychains_password() -> None:
    submit, staple = notarise(Path("NjordHR.pkg"), US)
    assert (
        shlex.join(submit.command) == "xcrun notarytool submit NjordHR.pkg --keychain-profile njordhr --wait"
    )
    assert shlex.join(staple.command) == "xcrun stapler staple NjordHR.pkg"
    packed, submitted, stapled = notarise_app(Path("NjordHR.app"), Path("NjordHR.zip"), US)
    assert packed.command[0] == "ditto"
    assert submitted.command[3] == "NjordHR.zip"
    assert stapled.command[-1] == "NjordHR.app"
    assert assess(Path("NjordHR.pkg"))[0].command[0] == "spctl"
