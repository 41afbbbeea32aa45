"""A publisher with signed programs, made once."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.packaging.signing.steps import run
from desktop.packaging.signing.windows import Osslsigncode
from tests.support.code_signing import SIGNED_AT, Authority, Identity, small_program


@dataclass(frozen=True)
class Publishers:
    """Those who sign under one authority, and a program of each."""

    ours: Identity
    others: Identity
    elliptic: Identity
    unsigned: bytes
    by_ours: bytes
    by_others: bytes
    by_elliptic: bytes
    by_others_with_ours: bytes
    """Signed by the others, with our certificate laid in."""


@pytest.fixture(scope="session")
def publishers(tmp_path_factory: pytest.TempPathFactory) -> Publishers:
    folder = tmp_path_factory.mktemp("publishers")
    authority = Authority(folder)
    clock = authority.timestamper()
    ours, others = authority.publisher("Our office"), authority.publisher("Other office")
    elliptic = authority.publisher("Modern office", elliptic=True)
    both = folder / "both.pem"
    both.write_bytes(others.certificate_file.read_bytes() + ours.certificate_file.read_bytes())

    def signed(certificates: Path, key: Path) -> bytes:
        file = folder / "njordhr.exe"
        file.write_bytes(small_program())
        times = (clock.certificate_file, clock.key_file, SIGNED_AT)
        signer = Osslsigncode(certificates, str(key), clock=times, authority=authority.file)
        run((*signer.sign(file), *signer.verify(file)), dry_run=False, say=lambda _: None)
        return file.read_bytes()

    return Publishers(
        ours,
        others,
        elliptic,
        unsigned=small_program(),
        by_ours=signed(ours.certificate_file, ours.key_file),
        by_others=signed(others.certificate_file, others.key_file),
        by_elliptic=signed(elliptic.certificate_file, elliptic.key_file),
        by_others_with_ours=signed(both, others.key_file),
    )
