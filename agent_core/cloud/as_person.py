"""Requests to the cloud on behalf of the signed-in person, whose token is renewed when it is refused."""

from typing import TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from agent_core.cloud.http import CloudHttp
from agent_core.cloud.people import People
from agent_core.errors import CloudError
from protocol.reasons import Reason

Answer = TypeVar("Answer", bound=BaseModel)

_TOKEN_REFUSED = frozenset(reason for reason in Reason if reason.value.startswith("auth.token-")) | {
    Reason.AUTH_REQUIRED
}


class PersonHttp:
    """Asks the cloud as whoever is signed in; any thread."""

    def __init__(self, http: CloudHttp, people: People) -> None:
        """Ask this cloud with these people's tokens."""
        self.http = http
        self._people = people

    def call(self, method: str, path: str, answer: type[Answer], body: BaseModel | None = None) -> Answer:
        """Ask the cloud and read its answer.

        Raises:
            CloudError: it refused, answered nonsense, or cannot be reached.
        """
        response = self.send(method, path, body)
        try:
            return answer.model_validate_json(response.content)
        except ValidationError as error:
            raise CloudError(Reason.CLOUD_ANSWER, answer.__name__) from error

    def send(self, method: str, path: str, body: BaseModel | None = None) -> httpx.Response:
        """Ask the cloud; return an answer that is no refusal.

        Raises:
            CloudError: it refused, or cannot be reached.
        """
        token = self._people.access_token()
        try:
            return self.http.send(method, path, body=body, token=token)
        except CloudError as error:
            if error.reason not in _TOKEN_REFUSED:
                raise
        return self.http.send(method, path, body=body, token=self._people.access_token(not_this=token))
