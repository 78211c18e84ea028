"""A publication's folder -> the files in `sources/`, one for each source, by name."""

from pathlib import Path

from publisher.errors import PublishError
from publisher.store.atomic import replace
from publisher.store.decoding import decode
from publisher.store.failures import naming
from publisher.store.reading import read_within

FOLDER = "sources"
_MAX_BYTES = 5_000_000


def source_files(root: Path) -> dict[str, str]:
    """`sources/NAME.toml` -> its text, sorted. Empty without the folder. Raises PublishError."""
    folder = root / FOLDER
    if not folder.is_dir():
        return {}
    with naming(f"{FOLDER}/", "read the folder"):
        files = sorted(file for file in folder.iterdir() if file.suffix == ".toml" and file.name[0] != ".")
    return {
        shown: decode(shown, read_within(folder.resolve(), folder.resolve() / file.name, shown, _MAX_BYTES))
        for file in files
        for shown in (f"{FOLDER}/{file.name}",)
    }


def write_source(root: Path, name: str, text: str) -> None:
    """The file `name` (as `source_files` names it) with this text. Raises PublishError."""
    if not name.startswith(f"{FOLDER}/") or "/" in name.removeprefix(f"{FOLDER}/"):
        raise PublishError(name, f"is not a file of {FOLDER}/")
    with naming(name, "write it"):
        (root / FOLDER).mkdir(exist_ok=True)
        replace(root / name, text.encode())
