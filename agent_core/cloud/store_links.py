"""Following a link into the office's store, with nothing but the link and for no more than a resume is."""

import httpx

from agent_core.cloud.http import CloudHttp, refusal_of
from agent_core.errors import CloudError
from protocol.reasons import Reason

MAX_BYTES = 64 * 1024 * 1024
"""No resume is longer; the cloud itself takes less."""

_REFUSED = 400


def fetch(http: CloudHttp, url: str) -> bytes:
    """Return what a link points to. What it is, whoever asked compares.

    Raises:
        CloudError: the store refuses the link, does not answer, or gives more than a resume can be.
    """
    data = bytearray()
    try:
        with http.client.stream("GET", http.link(url)) as response:
            if response.status_code >= _REFUSED:
                response.read()
                raise refusal_of(response)
            for piece in response.iter_bytes():
                data += piece
                if len(data) > MAX_BYTES:
                    raise CloudError(Reason.RESUME_LOST_IN_STORE, "too long")
    except httpx.InvalidURL as error:
        raise CloudError(Reason.CLOUD_ANSWER, "address") from error
    except httpx.HTTPError as error:
        raise CloudError(Reason.STORE_UNAVAILABLE, type(error).__name__) from error
    return bytes(data)
