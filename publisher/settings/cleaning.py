"""What `[clean]` configures, and what files in `sources/` tell, as frozen values with their defaults."""

from dataclasses import dataclass, field, replace
from typing import Literal

SURE = 0.9  # what is asked of a rule, unless the publication asks otherwise


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A line that articles of a source have in common, by its label (words only, each number as 0).

    One to `keep` stays whatever rules say; the others leave if that is sure enough.
    """

    label: str
    confidence: float
    keep: bool = False


@dataclass(frozen=True, slots=True)
class KnownBlock:
    """Lines, by their labels, that leave where at least two of them stand together."""

    labels: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class KnownSource:
    """What is known of a source from `sources/NAME.toml`: its names (as slugs), lines and blocks.

    `strict` holds for its articles, whatever the publication says; None: as the publication says.
    """

    names: tuple[str, ...]
    lines: tuple[KnownLine, ...] = ()
    blocks: tuple[KnownBlock, ...] = ()
    strict: bool | None = None


@dataclass(frozen=True, slots=True)
class CleanSettings:
    """Which cleaning rules run (codes or families, `CL` or `CL003`) and how sure an edit has to be.

    `strict`: for imports that an editor reads afterwards; the scorer takes more, and more often wrongly.
    `confidence`: nothing less sure is done; None: 0.9 for rules, and the scorer's own bounds.
    `canonical`: whose address a near copy of an earlier article gives as the canonical one.
    `sources` is no key of the configuration: it comes from the files in `sources/`.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    confidence: float | None = None
    strict: bool = False
    canonical: Literal["own", "first"] = "own"
    sources: tuple[KnownSource, ...] = field(default=(), metadata={"key": False})

    def wants(self, code: str) -> bool:
        """Whether findings with this code are looked for: chosen, or nothing is, and not ignored."""
        names = {code, code[:2]}
        return (not self.select or not names.isdisjoint(self.select)) and names.isdisjoint(self.ignore)

    @property
    def asked(self) -> float:
        """How sure a rule's finding has to be for its edit to be made."""
        return SURE if self.confidence is None else self.confidence

    def all_strict(self) -> "CleanSettings":
        """The same, strict for every source, whatever the files in `sources/` say."""
        return replace(self, strict=True, sources=tuple(replace(s, strict=None) for s in self.sources))
