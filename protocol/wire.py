"""The base of every type that crosses the wire."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints


class Wire(BaseModel):
    """A frozen value that ignores unknown fields, so that either side may be newer."""

    model_config = ConfigDict(frozen=True, extra="ignore")


Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 digest in lower-case hexadecimal."""

CandidateExternalId = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,20}$")]
"""The portal's number of a person: digits, kept as text because leading zeros count."""

ShortText = Annotated[str, StringConstraints(max_length=400)]
FileName = Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=r"^[^/\\\x00-\x1f]+$")]
