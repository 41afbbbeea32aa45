"""Authenticode: the steps that sign a Windows program and have the time confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop.packaging.signing.steps import Step

DESCRIPTION = "NjordHR"


class WindowsSigner(Protocol):
    """Someone who can sign a Windows program."""

    def sign(self, program: Path) -> Sequence[Step]:
        """Return the steps that sign this file where it lies."""
        ...

    def verify(self, program: Path) -> Sequence[Step]:
        """Return the steps that fail unless the file is signed well."""
        ...


@dataclass(frozen=True)
class Osslsigncode:
    """`osslsigncode`: on any system, with a key in a file or in a token.

    Attributes:
        certificates: the publisher's certificate and those between it and the root, PEM.
        key: the private key's file, or a `pkcs11:` address.
        password_file: has the key's password; nothing for a key without one.
        module: the token's library, for a `pkcs11:` address.
        timestamp_url: who confirms the time.
        clock: certificate, key and time of a clock of one's own, in place of the network; for tests.
        authority: whom `verify` believes.
    """

    certificates: Path
    key: str
    password_file: Path | None = None
    module: Path | None = None
    timestamp_url: str = ""
    clock: tuple[Path, Path, int] | None = None
    authority: Path | None = None

    def sign(self, program: Path) -> Sequence[Step]:
        """Return the step that signs into a new file, which then takes the old one's place."""
        new = program.with_name(f"{program.name}.signed")
        command = [
            "osslsigncode",
            "sign",
            "-h",
            "sha256",
            "-n",
            DESCRIPTION,
            "-certs",
            str(self.certificates),
        ]
        command += [*self._key(), *self._time(), "-in", str(program), "-out", str(new)]
        return (Step(f"Sign {program.name}", tuple(command), replaces=(new, program)),)

    def verify(self, program: Path) -> Sequence[Step]:
        """Return the step that verifies signature, certificates and confirmed time."""
        command = ["osslsigncode", "verify", "-in", str(program)]
        if self.authority is not None:
            command += ["-CAfile", str(self.authority), "-TSA-CAfile", str(self.authority)]
        return (Step(f"Verify the signature of {program.name}", tuple(command)),)

    def _key(self) -> list[str]:
        module = ["-pkcs11module", str(self.module)] if self.module is not None else []
        password = ["-readpass", str(self.password_file)] if self.password_file is not None else []
        return [*module, "-key", self.key, *password]

    def _time(self) -> list[str]:
        if self.clock is not None:
            certificate, key, seconds = self.clock
            time = ["-time", str(seconds), "-TSA-time", str(seconds)]
            return ["-TSA-certs", str(certificate), "-TSA-key", str(key), *time]
        return ["-ts", self.timestamp_url] if self.timestamp_url else []


@dataclass(frozen=True)
class Signtool:
    """Microsoft's `signtool`, with a certificate in the store of Windows or in a token.

    Attributes:
        thumbprint: SHA-1 of the certificate, by which the store finds it.
        timestamp_url: who confirms the time.
    """

    thumbprint: str
    timestamp_url: str

    def sign(self, program: Path) -> Sequence[Step]:
        """Return the step that signs the file."""
        return (_signtool(program, ("/sha1", self.thumbprint), self.timestamp_url),)

    def verify(self, program: Path) -> Sequence[Step]:
        """Return the step that asks Windows."""
        return (_ask_windows(program),)


@dataclass(frozen=True)
class AzureTrustedSigning:
    """Azure's signing service through `signtool`: the key never leaves it; who signs is logged in to Azure.

    Attributes:
        library: `Azure.CodeSigning.Dlib.dll`.
        account: the JSON file that names endpoint, account and certificate profile; there is no secret in it.
        timestamp_url: who confirms the time; the service's certificates live for three days only.
    """

    library: Path
    account: Path
    timestamp_url: str

    def sign(self, program: Path) -> Sequence[Step]:
        """Return the step that signs the file."""
        return (
            _signtool(program, ("/dlib", str(self.library), "/dmdf", str(self.account)), self.timestamp_url),
        )

    def verify(self, program: Path) -> Sequence[Step]:
        """Return the step that asks Windows."""
        return (_ask_windows(program),)


def _signtool(program: Path, key: tuple[str, ...], timestamp_url: str) -> Step:
    command = ("signtool", "sign", "/v", "/fd", "SHA256", "/td", "SHA256", "/tr", timestamp_url)
    return Step(f"Sign {program.name}", (*command, "/d", DESCRIPTION, *key, str(program)))


def _ask_windows(program: Path) -> Step:
    command = ("signtool", "verify", "/pa", "/all", "/tw", str(program))
    return Step(f"Verify the signature of {program.name}", command)
