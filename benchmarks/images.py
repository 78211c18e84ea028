"""An invented photograph -> what its sizes and formats cost; what a preview for links and the icons cost.

python -m benchmarks.images [MEGAPIXELS ...]
"""

import sys
import time
from collections import defaultdict
from io import BytesIO

from PIL import Image

from benchmarks.pages import table
from publisher.pictures.plan import Sheet, Variant, plan
from publisher.settings import ImageSettings
from publisher.store.pictures.card import draw
from publisher.store.pictures.encode import encode
from publisher.store.pictures.examine import examine
from publisher.store.pictures.icons import icons
from publisher.store.pictures.recipes import Face, Sign

SIZES = (2, 12)
CARDS = 20
_GRAIN = 24


def photograph(megapixels: int) -> bytes:
    """A JPEG with soft shapes and grain, as cameras make them; the same at every run but for the grain."""
    width = round((megapixels * 1_000_000 * 3 / 2) ** 0.5)
    size = (width, width * 2 // 3)
    shapes = Image.radial_gradient("L").resize(size)
    grain = Image.effect_noise(size, _GRAIN)
    bands = [Image.blend(shapes.rotate(90 * turn, expand=False), grain, 0.3) for turn in range(3)]
    stream = BytesIO()
    Image.merge("RGB", bands).save(stream, "JPEG", quality=88)
    return stream.getvalue()


def picture(megapixels: int) -> list[list[str]]:
    """Milliseconds of processor to look at it, and to make the files of each format."""
    raw, settings = photograph(megapixels), ImageSettings()
    begun = time.process_time()
    sheet = examine(raw, settings.max_pixels)
    assert isinstance(sheet, Sheet)  # noqa: S101 - it was just made
    name = f"photograph of {megapixels} megapixels, {len(raw) / 1e6:.1f} MB"
    rows = [[name, "looked at", "", _told(begun)]]
    files, spent = defaultdict[str, list[int]](list), defaultdict[str, float](float)
    before = time.process_time()
    for variant, content in encode(raw, plan("a.jpg", "0" * 32, sheet, settings)):
        now = time.process_time()
        spent[_kind(variant)] += now - before
        files[_kind(variant)].append(len(content))
        before = now
    for kind, sizes in files.items():
        said = f"{len(sizes)} files, {sum(sizes) / 1000:.0f} kB"
        rows.append([name, kind, said, f"{1000 * spent[kind]:.0f}"])
    return rows


def drawn() -> list[list[str]]:
    """The same of what is drawn."""
    draw(Face("A title", "Town", "The Ledger", "#114488"))
    begun = time.process_time()
    sizes = [
        len(draw(Face(f"The ferry is back, {n}", "Town", "The Ledger", "#114488"))) for n in range(CARDS)
    ]
    spent = 1000 * (time.process_time() - begun) / CARDS
    rows = [["preview for links", "png", f"{sum(sizes) / CARDS / 1000:.0f} kB", f"{spent:.1f}"]]
    begun = time.process_time()
    made = icons(Sign("L", "#114488"))
    return [*rows, ["icons", "png, ico", f"{len(made)} files", _told(begun)]]


def _kind(variant: Variant) -> str:
    return f"{variant.kind}, all widths"


def _told(begun: float) -> str:
    return f"{1000 * (time.process_time() - begun):.0f}"


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    rows = [["what", "format", "made", "CPU ms"], *(row for size in sizes for row in picture(size)), *drawn()]
    sys.stdout.write(f"{table(rows)}\n")


if __name__ == "__main__":
    main()
