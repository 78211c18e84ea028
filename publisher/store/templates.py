"""The theme and the publication's own templates in, all of them by name out."""

from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path

from publisher.content.spelling import misspelt
from publisher.errors import Problems, PublishError
from publisher.model import Template
from publisher.store.decoding import decode
from publisher.store.failures import naming

_MAX_BYTES = 5_000_000
_BINARY = (
    *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico"),
    *(".woff", ".woff2", ".ttf", ".otf", ".eot", ".pdf"),
    *(".mp3", ".mp4", ".webm", ".zip", ".gz", ".br", ".pyc"),
)


def load(theme: Traversable, own: Path | None = None) -> dict[str, Template]:
    """Templates and style sheets by name (`partials/byline.html`), sorted; those of `own` hide the theme's.

    A name the theme does not know is fine: it may be a part that another template includes. If none
    names it and it is a slip of a name of the theme, it is an error. Hidden files, Python files and
    pictures, fonts and the like are left out. A folder `own` that does not exist holds nothing. Raises
    Problems: what is misspelt, what is not a text file in UTF-8, what cannot be read.
    """
    problems: list[PublishError] = []
    loaded = _folder(theme, "theme", problems)
    if own is not None and own.exists():
        mine = _folder(own, own.name, problems)
        problems += _misspelt(mine, loaded)
        loaded |= mine
    if problems:
        raise Problems(problems)
    return dict(sorted(loaded.items()))


def _misspelt(own: dict[str, Template], theme: dict[str, Template]) -> Iterator[PublishError]:
    known = sorted(theme.keys() - own.keys())
    for name in sorted(own.keys() - theme.keys()):
        texts = (template.text for template in {**theme, **own}.values() if template.name != name)
        if any(f"{quote}{name}{quote}" in text for text in texts for quote in "\"'"):
            continue
        if meant := [each for each in known if _slip(name, each)]:
            yield PublishError(own[name].origin, "no template uses this name", f"did you mean {meant[0]!r}?")


def _slip(name: str, known: str) -> bool:
    """Both with and without the suffix: all names share theirs, and `base.css` is no `base.html`."""
    stems = name.rpartition(".")[0], known.rpartition(".")[0]
    return bool(misspelt(name, [known]) and misspelt(stems[0], [stems[1]]))


def _folder(top: Traversable, shown: str, problems: list[PublishError]) -> dict[str, Template]:
    loaded = {}
    folders = [("", top, _real(top))]
    while folders:
        prefix, folder, above = folders.pop()
        try:
            with naming(f"{shown}/{prefix}", "read the folder"):
                entries = [entry for entry in folder.iterdir() if _wanted(entry.name)]
        except PublishError as problem:
            problems.append(problem)
            continue
        for entry in entries:
            name = prefix + entry.name
            if entry.is_dir():
                if not above & (here := _real(entry)):
                    folders.append((f"{name}/", entry, above | here))
                continue
            try:
                loaded[name] = _template(entry, name, f"{shown}/{name}")
            except PublishError as problem:
                problems.append(problem)
    return loaded


def _template(entry: Traversable, name: str, origin: str) -> Template:
    with naming(origin, "read it"):
        if not entry.is_file():
            raise PublishError(origin, "not a regular file", "remove it")
        with entry.open("rb") as stream:
            raw = stream.read(_MAX_BYTES + 1)
    if len(raw) > _MAX_BYTES:
        raise PublishError(origin, f"more than {_MAX_BYTES:,} bytes", "a template is shorter than that")
    return Template(name, decode(origin, raw), origin)


def _wanted(name: str) -> bool:
    suffix = "." + name.rpartition(".")[2].casefold()
    return not name.startswith((".", "__")) and suffix not in _BINARY


def _real(folder: Traversable) -> frozenset[Path]:
    """Tells a link that leads back to a folder it lies in. Folders inside a zip file have no links."""
    return frozenset({folder.resolve()}) if isinstance(folder, Path) else frozenset()
