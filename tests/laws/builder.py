"""A process that builds, and can be killed: questions as values, answers as values."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from tests.laws.world import REPOSITORY, World


@dataclass
class Builder:
    """The program in `package`, in an environment of its own; it starts when it is first asked."""

    package: Path
    environment: dict[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[str] | None" = None

    def build(self, world: World, root: Path, glance: bool = False, jobs: int = 1) -> dict[str, Any]:
        self.begin(world, root, glance, jobs)
        return self.answer()

    def begin(self, world: World, root: Path, glance: bool = False, jobs: int = 1) -> None:
        """Starts a build and does not wait for it."""
        self._ask({"do": "build", "glance": glance, "jobs": jobs}, world, root)

    def look(self, world: World) -> dict[str, Any]:
        """Builds with drafts and the future, into the same folder."""
        self._ask({"do": "look"}, world, world.root)
        return self.answer()

    def digest(self, world: World) -> dict[str, Any]:
        self._ask({"do": "digest"}, world, world.root)
        return self.answer()

    def preview(self, world: World) -> dict[str, Any]:
        self._ask({"do": "preview"}, world, world.root)
        return self.answer()

    def answer(self) -> dict[str, Any]:
        """What came of it. Raises RuntimeError if the process ended, with a fault or killed."""
        line = self._pipe("stdout").readline()
        if not line:
            raise RuntimeError(f"the builder ended: {self.end()}")
        told: dict[str, Any] = json.loads(line)
        return told

    def end(self, kill: bool = False) -> int:
        """Ends the process; returns its exit code."""
        process, self.process = self.process, None
        if process is None:
            return 0
        if kill:
            process.kill()
        elif process.stdin:
            process.stdin.close()
        code = process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()
        return code

    def _ask(self, what: dict[str, Any], world: World, root: Path) -> None:
        self.process = self.process or self._started()
        pipe = self._pipe("stdin")
        pipe.write(json.dumps({**what, "root": str(root), "now": world.now.isoformat()}) + "\n")
        pipe.flush()

    def _started(self) -> "subprocess.Popen[str]":
        path = os.pathsep.join([str(self.package), str(REPOSITORY)])
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PUBLISH_")}
        return subprocess.Popen(
            [sys.executable, "-m", "tests.laws.worker"],
            cwd=self.package,
            env={**clean, **self.environment, "PYTHONPATH": path},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def _pipe(self, name: str) -> IO[str]:
        pipe: IO[str] | None = getattr(self.process, name)
        assert pipe is not None
        return pipe
