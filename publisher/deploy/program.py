"""A program's arguments -> what it prints; its failures told without the secrets that an address may hold."""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from publisher.errors import PublishError, Unavailable

_SECONDS = 1800
_SECRET = re.compile(r"(?<=://)[^/@\s]+@")


@dataclass(frozen=True, slots=True)
class Program:
    """An installed program, how it is started, and the folder it works in."""

    name: str
    folder: Path
    environment: Mapping[str, str]

    def run(self, arguments: Sequence[str], given: bytes = b"") -> "Done":
        """Runs it to its end with `given` as its input. Raises PublishError where it is not installed."""
        try:
            done = subprocess.run(  # noqa: S603 - no shell; what the user configured comes behind `--`
                [self.name, *arguments],
                cwd=self.folder,
                env={**os.environ, "LC_ALL": "C", **self.environment},
                input=given,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except FileNotFoundError as error:
            raise PublishError(self.name, "is not installed", f"install {self.name} and run again") from error
        except subprocess.TimeoutExpired as error:
            raise Unavailable(self.name, f"took more than {_SECONDS // 60} minutes", "run again") from error
        return Done(done.returncode, done.stdout, masked(done.stderr.decode("utf-8", "replace").strip()))


@dataclass(frozen=True, slots=True)
class Done:
    """The exit code, what was printed, and the errors fit for a message."""

    code: int
    printed: bytes
    errors: str

    @property
    def last(self) -> str:
        """The last line of the errors that says something."""
        lines = [line for line in self.errors.splitlines() if line.strip()]
        return lines[-1] if lines else f"exit code {self.code}"


def masked(text: str) -> str:
    """`https://me:secret@host/` -> `https://***@host/`."""
    return _SECRET.sub("***@", text)
