"""Whether a stream gets colours. It imports next to nothing, for what has to be told fast."""

import os
import sys


def colours(choice: str, stream: object = None) -> bool:
    """`--color` decides, then NO_COLOR (no-color.org), then FORCE_COLOR, then whether it is a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    target = stream or sys.stdout
    return bool(getattr(target, "isatty", lambda: False)())
