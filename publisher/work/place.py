"""A folder and the environment -> the publication that lives there, and where its things are."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.config.load import configure
from publisher.config.sources import read_source
from publisher.errors import Problems, PublishError
from publisher.lazily import lazily
from publisher.settings import Publication
from publisher.store.configuration import find_configuration
from publisher.store.sources import source_files

if TYPE_CHECKING:
    from publisher.clean import catalogue
else:
    catalogue = lazily("publisher.clean.catalogue")


@dataclass(frozen=True, slots=True)
class Place:
    """A publication on disk: its folder, its configuration (`source` names the file, if there is one)."""

    root: Path
    publication: Publication
    source: str = ""

    @property
    def content(self) -> Path:
        return self.root / self.publication.content

    @property
    def templates(self) -> Path:
        return self.root / self.publication.templates

    @property
    def output(self) -> Path:
        return self.root / self.publication.output

    @property
    def state(self) -> Path:
        return self.root / ".publish"

    def shown(self, path: str) -> str:
        """A path below `content/` as the person at the keyboard names it."""
        return f"{self.publication.content}/{path}"


def open_place(
    root: Path,
    config: Path | None,
    environment: Mapping[str, str],
    overrides: Mapping[str, str] | None = None,
) -> Place:
    """The publication in `root`. Overrides (`base_url`, `output`) win over environment and file.

    Raises PublishError where there is no publication, or its configuration or a file in sources/ is wrong.
    """
    if not root.is_dir():
        raise PublishError(str(root), "there is no such folder", "publish init starts a publication in it")
    found = find_configuration(root, config)
    name = found.name if found else "publish.toml"
    publication = configure(name, found.text if found else "", environment, overrides)
    if codes := (*publication.clean.select, *publication.clean.ignore):
        catalogue.check_codes(codes, f"{name} [clean]")
    sources = tuple(read_source(file, text) for file, text in source_files(root).items())
    publication = replace(publication, clean=replace(publication.clean, sources=sources))
    return Place(root, publication, found.name if found else "")


def strictly(place: Place) -> Place:
    """The same place, for one run in the strict setting, whatever configuration and sources say."""
    publication = place.publication
    return replace(place, publication=replace(publication, clean=publication.clean.all_strict()))


def with_content(place: Place) -> Place:
    """The same place, sure to have a content folder."""
    if not place.content.is_dir():
        hint = "publish init starts a publication here; -C DIR works in another folder"
        raise PublishError(f"{place.publication.content}/", "there is no such folder here", hint)
    return place


@contextmanager
def naming_files(place: Place) -> Iterator[None]:
    """What is wrong with files below `content/` names them as the person at the keyboard does."""
    try:
        yield
    except Problems as several:
        raise Problems(named(place, each) for each in several.problems) from several
    except PublishError as problem:
        raise named(place, problem) from problem


def named(place: Place, problem: PublishError) -> PublishError:
    """The same problem, its path seen from the publication's folder."""
    return PublishError(place.shown(problem.where), problem.message, problem.hint)
