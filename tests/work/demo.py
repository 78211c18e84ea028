"""The publication that this repository is -> a copy of it elsewhere, to be changed and built."""

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]


def copy_demo(root: Path) -> Path:
    """Content, templates and configuration of the demo publication, in the existing folder `root`."""
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "pyproject.toml", root)
    return root
