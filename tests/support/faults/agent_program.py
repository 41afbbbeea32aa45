"""An agent as a program: ``python -m … DATA``; says ``started`` or the reason why not, and runs on."""

import sys
from pathlib import Path

from agent_core.bootstrap import AgentOptions, build_agent
from agent_core.errors import AgentError
from agent_core.keychain import MemorySecrets


def main(data: Path) -> None:
    agent = build_agent(AgentOptions(data, data / "agent.json", preferred_port=0, secrets=MemorySecrets()))
    try:
        agent.start()
    except AgentError as error:
        _say(error.reason.value)
        return
    _say("started")
    sys.stdin.read()
    agent.stop()


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
