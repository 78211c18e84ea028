"""The name of a secret in, the secret out: from the environment, else from a file that others cannot read."""

import os
from collections.abc import Mapping
from pathlib import Path

from publisher.errors import PublishError
from publisher.store.failures import naming


def read_secret(name: str, environment: Mapping[str, str], file: Path | None) -> str:
    """The value of the variable `name`, or of the line `NAME=value` in `file`.

    Raises PublishError where it is nowhere, holds control characters, or others may read the file.
    """
    found = find_secret(name, environment, file)
    if not found:
        raise PublishError(
            name, "this secret is missing", "set it in the environment, or in a file of `secrets`"
        )
    return found


def find_secret(name: str, environment: Mapping[str, str], file: Path | None) -> str:
    """The same for a secret that need not be there; '' then."""
    found = environment.get(name) or (_in_file(name, file) if file else "")
    if not found.isprintable():
        raise PublishError(name, "a secret on one line is expected")
    return found


def _in_file(name: str, file: Path) -> str:
    with naming(file, "read it"):
        if file.stat().st_mode & 0o077 and os.name == "posix":
            raise PublishError(str(file), "others may read this file of secrets", f"chmod 600 {file}")
        lines = file.read_text("utf-8").splitlines()
    pairs = (line.partition("=") for line in lines)
    found = (value.strip().strip("\"'") for key, _, value in pairs if key.strip() == name)
    return next(found, "")
