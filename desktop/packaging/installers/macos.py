"""NjordHR for one person on a Mac: a signed `.pkg` that needs no administrator. Its steps run on a Mac.

What starts from the Applications folder is a small app that is never updated. It runs the launcher, which
lies with the versions in the person's `Library/Application Support` (`desktop.install.places`).
"""

import plistlib
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from desktop.install.places import APP, LAUNCHER
from desktop.packaging.icon import icns_bytes
from desktop.packaging.installers.contents import Contents
from desktop.packaging.installers.linux import emptied, write
from desktop.packaging.product import COPYRIGHT, MAC_ID, NAME
from desktop.packaging.signing.macos import (
    AppleIdentity,
    assess,
    code_inside,
    notarise,
    notarise_app,
    sign_app,
    sign_code,
    verify_app,
)
from desktop.packaging.signing.steps import Step

ROOT = "Library/Application Support/NjordHR/Installation"
STARTER = f"Applications/{APP}"
OLDEST_MACOS = "12.0"
ENTITLEMENTS = "entitlements.plist"


def package_name(contents: Contents) -> str:
    """Return the package's file name."""
    return f"{NAME}-{contents.version}-{contents.about.platform}.pkg"


def info_plist(contents: Contents, program: str, identifier: str) -> dict[str, Any]:
    """Return what macOS is told of an app.

    Args:
        contents: has the version.
        program: the executable's name.
        identifier: the app's own, in reverse order of a domain.
    """
    return {
        "CFBundleDevelopmentRegion": "en",
        "CFBundleDisplayName": NAME,
        "CFBundleExecutable": program,
        "CFBundleIconFile": f"{NAME}.icns",
        "CFBundleIdentifier": identifier,
        "CFBundleInfoDictionaryVersion": "6.0",
        "CFBundleName": NAME,
        "CFBundlePackageType": "APPL",
        "CFBundleShortVersionString": contents.version,
        "CFBundleVersion": str(contents.about.build),
        "LSApplicationCategoryType": "public.app-category.business",
        "LSMinimumSystemVersion": OLDEST_MACOS,
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": COPYRIGHT,
        "NSAppTransportSecurity": {"NSAllowsLocalNetworking": True},
    }


def entitlements() -> dict[str, bool]:
    """Return what the hardened runtime is to allow.

    Libraries of other publishers come inside of the app and are signed with it, and `ctypes` of Python writes
    code into memory. Nothing else is asked for: no camera, no microphone, no contacts.
    """
    return {"com.apple.security.cs.allow-unsigned-executable-memory": True}


def starter_script() -> str:
    """Return the program of the small app in the Applications folder."""
    return f'#!/bin/sh\nexec "$HOME/{ROOT}/launcher/{LAUNCHER}" "$@"\n'


def postinstall_script(version: str) -> str:
    """Return what runs, as the person, when the files are there.

    Args:
        version: which was installed. A newer one that is there already is left as it is.
    """
    program = f"$root/versions/{version}/{APP}/Contents/MacOS/njordhr"
    return (
        "#!/bin/sh\n"
        f'root="$HOME/{ROOT}"\n'
        "code=0\n"
        f'"{program}" --installed || code=$?\n'
        'if [ "$code" = 3 ]; then\n'
        f'    rm -rf "$root/versions/{version}"\n'
        "fi\n"
        '[ "$code" = 0 ] || exit "$code"\n'
        f'open "$HOME/{STARTER}"\n'
    )


def preinstall_script() -> str:
    """Return what runs before the files are put there: the program that is open ends."""
    return (
        "#!/bin/sh\n"
        f'launcher="$HOME/{ROOT}/launcher/{LAUNCHER}"\n'
        'if [ -x "$launcher" ]; then\n'
        '    "$launcher" --end-running\n'
        "fi\n"
    )


def uninstall_script() -> str:
    """Return the script that removes NjordHR; it lies with the versions."""
    return (
        "#!/bin/sh\n"
        "# Remove NjordHR of the person who runs this. Resumes stay. --remove-records removes the rest too.\n"
        f'root="$HOME/{ROOT}"\n'
        "code=0\n"
        f'"$root/launcher/{LAUNCHER}" --uninstalling "$@" || code=$?\n'
        '[ "$code" != 4 ] || exit 4\n'
        f'rm -rf "$root" "$HOME/{STARTER}"\n'
        f'pkgutil --volume "$HOME" --forget {MAC_ID} >/dev/null 2>&1 || true\n'
    )


def distribution(contents: Contents, component: str) -> str:
    """Return what the installer of macOS shows and allows: this person's home and nothing else."""
    kilobytes = contents.kilobytes
    architecture = "arm64" if contents.about.platform.endswith("arm64") else "x86_64"
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<installer-gui-script minSpecVersion="2">\n'
        f"    <title>{escape(NAME)} {contents.version}</title>\n"
        '    <welcome file="welcome.txt" mime-type="text/plain"/>\n'
        '    <conclusion file="conclusion.txt" mime-type="text/plain"/>\n'
        '    <domains enable_anywhere="false" enable_currentUserHome="true" enable_localSystem="false"/>\n'
        f'    <options customize="never" require-scripts="false" hostArchitectures="{architecture}"/>\n'
        f'    <volume-check><allowed-os-versions><os-version min="{OLDEST_MACOS}"/></allowed-os-versions>'
        "</volume-check>\n"
        f'    <choices-outline><line choice="all"/></choices-outline>\n'
        f'    <choice id="all" title="{escape(NAME)}"><pkg-ref id="{MAC_ID}"/></choice>\n'
        f'    <pkg-ref id="{MAC_ID}" version="{contents.version}" installKBytes="{kilobytes}">{component}'
        "</pkg-ref>\n"
        "</installer-gui-script>\n"
    )


WELCOME = (
    "NjordHR downloads resumes from the job portal into a folder of this computer, and follows each person "
    "on your office's dashboard.\n\nIt is installed for you alone; no administrator is needed. If NjordHR is "
    "open, it is closed first: a download that runs goes on when NjordHR is started again.\n"
)
CONCLUSION = (
    "NjordHR is installed and starts now. It also starts, hidden, when you log in; you can change that under "
    "Settings. Connect it to your office under Settings.\n\nTo remove it, run in Terminal:\n"
    f'sh "$HOME/{ROOT}/uninstall.sh"\n'
)


def mac_package(
    contents: Contents,
    out: Path,
    work: Path,
    identity: AppleIdentity | None,
    *,
    programs_signed: bool = False,
) -> Sequence[Step]:
    """Lay out what is installed, and return the steps that sign, pack, notarise and check it.

    Args:
        contents: what is installed.
        out: the folder that the package goes to.
        work: a folder for what is needed meanwhile; it stays until the steps are done.
        identity: who signs; nobody without one, for a try on one's own Mac.
        programs_signed: `sign_programs` was done with these contents; it is verified, and no byte changes.
    """
    payload = lay_out(contents, emptied(work))
    component, target = work / f"{NAME}.pkg", out / package_name(contents)
    packing = (
        ("pkgbuild", "--root", str(payload), "--identifier", MAC_ID, "--version", contents.version),
        ("--install-location", "/", "--scripts", str(work / "scripts"), str(component)),
    )
    made = Step("Pack the files", packing[0] + packing[1])
    signed_by = ("--sign", identity.installer, "--timestamp") if identity else ()
    product = ("productbuild", "--distribution", str(work / "distribution.xml"), "--package-path", str(work))
    product += ("--resources", str(work / "resources"), *signed_by, str(target))
    steps = [made, Step(f"Make {target.name}", product)]
    if identity is None:
        return steps
    laid = Contents(
        payload / ROOT / "versions" / contents.version, payload / ROOT / "launcher", contents.about
    )
    inside = (
        verify_app(laid.bundle / APP, identity) if programs_signed else sign_programs(laid, work, identity)
    )
    allowed, starter = work / ENTITLEMENTS, payload / STARTER
    outside = [*sign_app(starter, (), allowed, identity), *verify_app(starter, identity)]
    return [*inside, *outside, *steps, *notarise(target, identity), *assess(target)]


def sign_programs(contents: Contents, work: Path, identity: AppleIdentity) -> Sequence[Step]:
    """Return the steps that sign the version's app and the launcher where they lie, and notarise the app.

    Done before the bundle is hashed.

    Args:
        contents: what is signed.
        work: a folder for what is needed meanwhile; it stays until the steps are done.
        identity: who signs.
    """
    allowed, app, launcher = work / ENTITLEMENTS, contents.bundle / APP, contents.launcher
    write(allowed, plistlib.dumps(entitlements()))
    return [
        *sign_app(app, code_inside(app), allowed, identity),
        *verify_app(app, identity),
        *notarise_app(app, work / f"{NAME}.zip", identity),
        *sign_code(launcher, code_inside(launcher), allowed, identity),
    ]


def lay_out(contents: Contents, work: Path) -> Path:
    """Write all that the steps need below a folder; return the folder with what is installed."""
    payload = work / "payload"
    root, starter = payload / ROOT, payload / STARTER / "Contents"
    shutil.copytree(contents.bundle, root / "versions" / contents.version, symlinks=True)
    shutil.copytree(contents.launcher, root / "launcher", symlinks=True)
    write(root / "uninstall.sh", uninstall_script().encode(), executable=True)
    write(starter / "Info.plist", plistlib.dumps(info_plist(contents, NAME, f"{MAC_ID}.starter")))
    write(starter / "MacOS" / NAME, starter_script().encode(), executable=True)
    write(starter / "Resources" / f"{NAME}.icns", icns_bytes())
    write(work / ENTITLEMENTS, plistlib.dumps(entitlements()))
    write(work / "scripts" / "preinstall", preinstall_script().encode(), executable=True)
    write(work / "scripts" / "postinstall", postinstall_script(contents.version).encode(), executable=True)
    write(work / "resources" / "welcome.txt", WELCOME.encode())
    write(work / "resources" / "conclusion.txt", CONCLUSION.encode())
    write(work / "distribution.xml", distribution(contents, f"{NAME}.pkg").encode())
    return payload
