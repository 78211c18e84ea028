"""Paths of pictures below `content/` -> what is made of each, or why it is not shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from publisher.model import Image
from publisher.pictures.plan import Fault, Picture

CARD = (1200, 630)  # pixels of a preview; what networks show whole (Open Graph, 1.91 to 1)


@dataclass(frozen=True, slots=True)
class Gallery:
    """The pictures that were looked at. `sizes`: bytes of files of the site, as far as they are made."""

    pictures: Mapping[str, Picture] = field(default_factory=dict)
    faults: Mapping[str, Fault] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)

    def shown(self, path: str) -> str:
        """Where the site has the file at `path` for whoever can be given one address only."""
        return self.pictures[path].shown.path if path in self.pictures else path

    def linked(self, path: str) -> str:
        """Where a link to the file at `path` leads: the largest picture."""
        return self.pictures[path].largest.path if path in self.pictures else path

    def told(self, path: str, image: Image) -> Image:
        """The image with pixels, type and bytes of what `shown` names, and the path of the small one."""
        if path not in self.pictures:
            return image
        picture = self.pictures[path]
        shown = picture.shown
        return replace(
            image,
            width=shown.width,
            height=shown.height,
            size=self.sizes.get(shown.path, 0),
            type=shown.type,
            small=picture.small.path,
        )
