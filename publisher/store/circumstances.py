"""What else than a publication's own files decides what a build makes: the environment, Python, libraries.

Told before anything is loaded (see `unchanged`), so it imports next to nothing.
"""

import os
import sys

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
_LIBRARIES = ("site-packages", "dist-packages")


def circumstances() -> str:
    """Overrides in the environment, Python's version, and when libraries were last added or removed."""
    overrides = sorted(f"{name}={value}" for name, value in os.environ.items() if name.startswith("PUBLISH_"))
    libraries = [path for path in sys.path if path.endswith(_LIBRARIES)]
    changed = [f"{path} {os.stat(path).st_mtime_ns}" for path in libraries if os.path.isdir(path)]  # noqa: PTH112, PTH116
    return "\n".join([sys.version, *changed, *overrides])
