"""Where a site may be written: never over what the publication, or the person, keeps."""

from collections.abc import Iterable
from pathlib import Path

from publisher.errors import PublishError


def check_output(root: Path, output: Path, kept: Iterable[Path] = ()) -> None:
    """Raises PublishError if the output folder `output` is a dangerous place for publication `root`.

    Refused: `root` itself and the home folder, with all that holds them; the folders in `kept`
    (content, templates), `.git` and `.publish`, with all they hold and all that holds them; a file.
    Links are followed first.
    """
    place = output.resolve()
    here = root.resolve()
    if place.exists() and not place.is_dir():
        raise _refused(output, "is a file, not a folder")
    if place == Path(place.anchor):
        raise _refused(output, "is the root of the file system")
    if here.is_relative_to(place):
        raise _refused(output, "is the publication's own folder, or holds it")
    if _home().is_relative_to(place):
        raise _refused(output, "is your home folder, or holds it")
    for folder in (*kept, root / ".git", root / ".publish"):
        real = folder.resolve()
        if place.is_relative_to(real) or real.is_relative_to(place):
            raise _refused(output, f"is {folder.name}/, lies in it or holds it")


def _home() -> Path:
    try:
        return Path.home().resolve()
    except RuntimeError:  # no HOME and no entry in the password file
        return Path("/").resolve()


def _refused(output: Path, why: str) -> PublishError:
    return PublishError(str(output), f"the output folder {why}", "choose a folder of its own, such as site/")
