"""All outputs of a site -> nothing, or Problems: two of them cannot have one place on a disk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from publisher.errors import Problems, PublishError
from publisher.model import Entry, Output
from publisher.site.frame import path_of
from publisher.store.paths import ancestors, fold
from publisher.work.place import Place


@dataclass(frozen=True, slots=True)
class _Cause:
    """Who wants a path: the place to name, and what its author can do."""

    where: str
    hint: str
    alias: str = ""


def check_paths(
    place: Place, entries: Iterable[Entry], files: Iterable[str], outputs: Iterable[Output]
) -> None:
    """Raises Problems at the articles, aliases and files whose places are taken, or inside a file."""
    causes = _causes(entries, files)
    taken: dict[str, list[str]] = {}
    for output in outputs:
        taken.setdefault(fold(output.path), []).append(output.path)
    problems: list[PublishError] = []
    for key, paths in taken.items():
        others = [name for folder in ancestors(key) for name in taken.get(folder, ())]
        if len(paths) > 1 or others:
            mine = _asked(causes, paths) or _asked(causes, others)
            problems += (_taken(place, cause, paths, others) for cause in mine)
    if problems:
        raise Problems(problems)


def _causes(entries: Iterable[Entry], files: Iterable[str]) -> Mapping[str, list[_Cause]]:
    causes: dict[str, list[_Cause]] = {}
    for name in files:
        causes.setdefault(name, []).append(_Cause(name, "rename the file, or move it into a folder"))
    for entry in entries:
        card = entry.card
        own = _Cause(card.path, "give the article another `slug`")
        causes.setdefault(path_of(card.url), []).append(own)
        where = f"{card.path}:{entry.lines.get('aliases', 1)}"
        for alias in card.aliases:
            cause = _Cause(where, "take the alias out, or change it", alias)
            causes.setdefault(path_of(alias), []).append(cause)
    return causes


def _asked(causes: Mapping[str, list[_Cause]], paths: Iterable[str]) -> list[_Cause]:
    """The causes that can be changed most easily: aliases first."""
    mine = sorted({cause for path in paths for cause in causes.get(path, ())}, key=lambda each: each.where)
    return [cause for cause in mine if cause.alias] or mine


def _taken(place: Place, cause: _Cause, paths: list[str], others: list[str]) -> PublishError:
    message = f"the site's {paths[0]!r} is a page or file already"
    if others:
        message = f"the site cannot have both {others[0]!r} and {paths[0]!r}"
    elif len(set(paths)) > 1:
        message = f"{paths[0]!r} and {paths[1]!r} are one for some disks"
    elif cause.alias:
        message = f"the alias {cause.alias!r} is the address of a page or file already"
    return PublishError(place.shown(cause.where), message, cause.hint)
