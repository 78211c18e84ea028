"""The bytes of a picture in -> what it is, or why it cannot be shown out. Nothing in it can crash a build."""

import warnings
from io import BytesIO

from PIL import Image

from publisher.pictures.plan import Fault, Kind, Sheet

# Only these decoders are ever asked: others start programs (EPS) or are seldom looked after.
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
_KINDS: dict[str, Kind] = {
    "JPEG": "jpeg",
    "MPO": "jpeg",  # a JPEG with a second picture behind the first, as telephones make them
    "PNG": "png",
    "GIF": "gif",
    "WEBP": "webp",
    "AVIF": "avif",
}
_MOVING: frozenset[Kind] = frozenset({"gif", "webp", "png", "avif"})
_ORIENTATION = 0x0112  # Exif 2.32, section 4.6.4
_ON_THE_SIDE = frozenset({5, 6, 7, 8})
# The limit is `max_pixels`, known before anything is decoded; Pillow's own would only warn of it.
Image.MAX_IMAGE_PIXELS = None


def examine(raw: bytes, max_pixels: int) -> Sheet | Fault:
    """Decodes the whole picture once, so that a torn one is found. Never raises for what is in it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of damaged metadata, which is left out anyway
            with Image.open(BytesIO(raw), formats=FORMATS) as image:
                return _seen(image, max_pixels)
    except Exception as error:  # decoders raise whatever they stumble over
        return Fault("IM004", f"it cannot be read as a picture ({_short(error)})")


def orientation(image: Image.Image) -> int:
    """How the camera was held, 1 to 8 (Exif); 1 where nothing sensible is said."""
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # damaged metadata is no reason to lose the picture
        return 1
    return value if value in range(1, 9) else 1


def see_through(image: Image.Image) -> bool:
    """Whether there may be transparent pixels."""
    return image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info


def _seen(image: Image.Image, max_pixels: int) -> Sheet | Fault:
    width, height = image.size
    if width * height > max_pixels:
        message = f"it has {width} × {height} pixels, more than images.max_pixels = {max_pixels:,}"
        return Fault("IM005", message)
    if width < 1 or height < 1:
        return Fault("IM004", "it has no pixels")
    kind = _KINDS[image.format or ""]
    alpha, flat = see_through(image), image.mode in {"P", "1"}
    moving = kind in _MOVING and getattr(image, "n_frames", 1) > 1
    if orientation(image) in _ON_THE_SIDE:
        width, height = height, width
    if kind == "jpeg":
        image.draft(image.mode, (1, 1))  # all data is read, an eighth of it is computed
    image.load()
    return Sheet(width, height, kind, alpha, flat, moving)


def _short(error: Exception) -> str:
    """Without the object's address that Pillow's messages may end with."""
    text = " ".join(str(error).split(" <")[0].split())
    return "not one that is known" if "cannot identify" in text else text[:80] or type(error).__name__
