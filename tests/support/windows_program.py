"""A tiny Windows program that stands for the bundle's: it notes how it was called, and obeys a test."""

import json
import shutil
import subprocess
from pathlib import Path

from desktop.packaging.installers.contents import Contents, contents_of

COMPILER = "x86_64-w64-mingw32-gcc"

_SOURCE = r"""
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Appends the command line to $CALLS, $WORDS to the file after --words; ends --installed with $CODE. */
int main(int count, char **given) {
    const char *calls = getenv("CALLS"), *words = getenv("WORDS"), *code = getenv("CODE");
    FILE *file = calls ? fopen(calls, "ab") : NULL;
    if (file) {
        for (int at = 1; at < count; at++) fprintf(file, "%s%s", at > 1 ? "\t" : "", given[at]);
        fprintf(file, "\n");
        fclose(file);
    }
    for (int at = 1; at + 1 < count; at++)
        if (!strcmp(given[at], "--words") && (file = fopen(given[at + 1], "wb"))) {
            fprintf(file, "%s\r\n", words ? words : "It is installed.");
            fclose(file);
        }
    if (count > 1 && !strcmp(given[1], "--installed") && code) return atoi(code);
    return 0;
}
"""


def has_compiler() -> bool:
    """Tell whether a Windows program can be compiled here."""
    return shutil.which(COMPILER) is not None


def compile_program(folder: Path) -> Path:
    """Compile the program, without a console window."""
    source, program = folder / "program.c", folder / "program.exe"
    source.write_text(_SOURCE)
    subprocess.run([COMPILER, "-Os", "-s", "-mwindows", "-o", str(program), str(source)], check=True)
    return program


def make_contents(folder: Path, program: bytes, version: str = "1.0.0", *, windows: bool = True) -> Contents:
    """Lay out a bundle and a launcher as `build.py bundle` does, with this program as both."""
    suffix, platform = (".exe", "windows-x86_64") if windows else ("", "linux-x86_64")
    bundle, launcher = folder / f"bundle-{version}", folder / f"launcher-{version}"
    about = {
        "app_id": "njordhr",
        "version": version,
        "build": int(version.replace(".", "")),
        "platform": platform,
        "channel": "stable",
        "schema_min": 1,
        "schema_max": 2,
    }
    (bundle / "_internal" / "web_ui").mkdir(parents=True)
    (bundle / "_internal" / "web_ui" / "index.html").write_text(f"version {version}")
    (bundle / "build.json").write_text(json.dumps(about))
    launcher.mkdir()
    for path in (bundle / f"njordhr{suffix}", launcher / f"njordhr-launcher{suffix}"):
        path.write_bytes(program)
        path.chmod(0o755)
    return contents_of(bundle, launcher)
