"""Whether somebody who was let in may still be there: for answers that go on for hours, such as streams.

The database is asked again when anybody's access in the office has changed and not before, so that a thousand
open streams ask it nothing. A person's token runs out by itself and is looked at again from time to time.
"""

from collections.abc import Callable, Collection

from cloud_api.auth.guard import Guard
from cloud_api.auth.policy import Action
from cloud_api.auth.principal import Principal
from cloud_api.live.watch import Subject

TOKEN_SECONDS = 15.0
"""How long a token that was looked at is believed."""


class LastingAccess:
    """The access of one who was let in on an action. Watch its ``subject``, and `check` after each wait."""

    __slots__ = ("_action", "_authorization", "_guard", "_looked_at", "_monotonic", "subject")

    def __init__(
        self,
        guard: Guard,
        principal: Principal,
        authorization: str | None,
        action: Action,
        monotonic: Callable[[], float],
    ) -> None:
        """Begin where the guard has just let ``principal`` in.

        Args:
            guard: is asked again.
            principal: who was let in.
            authorization: the header's value as it was sent.
            action: the row of the policy table.
            monotonic: seconds, to know when the token was looked at.
        """
        self._guard = guard
        self._authorization = authorization
        self._action = action
        self._monotonic = monotonic
        self._looked_at = monotonic()
        self.subject = Subject("access", principal.organisation_id, principal.organisation_id)

    def check(self, changed: Collection[Subject]) -> None:
        """Ask again whether they may, where that may have changed.

        Args:
            changed: what the wait said.

        Raises:
            CloudError: they may not any more, or that cannot be known now.
        """
        if self.subject in changed:
            self._guard.admit(self._authorization, self._action)
        elif self._monotonic() - self._looked_at >= TOKEN_SECONDS:
            self._guard.believe(self._authorization)
        else:
            return
        self._looked_at = self._monotonic()
