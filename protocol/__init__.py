"""What an agent and the cloud say to each other, owned by neither.

A type belongs here only if a stranger who writes a second agent would need it. The package is pure:
it imports pydantic and nothing of the web, a database or a network. Readers ignore fields they do not
know, so that either side may be newer; a change that a reader must know of raises `PROTOCOL_VERSION`
and adds a step to `protocol.convert`.
"""

PROTOCOL_VERSION = 1
