"""The bytes of a picture and a plan in -> the bytes of each planned file out.

Pixels only: EXIF, GPS, XMP and comments stay behind, the orientation is applied, colours become sRGB.
The same bytes in give the same bytes out; encoders run on one thread each, for they may not otherwise.
"""

import warnings
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageCms

from publisher.pictures.plan import Kind, Picture, Variant
from publisher.store.pictures.examine import FORMATS, orientation, see_through

# Measured on photographs of 12 megapixels at 1,920 pixels: AVIF of speed 9 takes a fifth of the time of
# 8 and an eighth of 6, its files are as large as those of 8 and 17 % above 6. WebP of method 2 takes
# half the time of 4, for 4 % more.
_AVIF = {"quality": 55, "speed": 9, "max_threads": 1}
_WEBP = {"quality": 78, "method": 2}
_JPEG = {"quality": 80, "progressive": True, "optimize": True}
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIXTEEN = ("I", "I;16", "I;16L", "I;16B", "I;16N", "F")


def encode(raw: bytes, picture: Picture, flat: bool = False) -> Iterator[tuple[Variant, bytes]]:
    """Each variant with its bytes. Raises what a decoder raises; `examine` has found it sound before."""
    largest = picture.largest
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        top = _upright(raw, (largest.width, largest.height))
        for width, height in dict.fromkeys((v.width, v.height) for v in reversed(picture.variants)):
            sized = _resized(top, (width, height))
            for variant in picture.variants:
                if variant.width == width:
                    yield variant, _saved(sized, variant.kind, flat)


def _upright(raw: bytes, size: tuple[int, int]) -> Image.Image:
    """The picture at that size as a reader sees it: L, RGB or RGBA, nothing but pixels."""
    with Image.open(BytesIO(raw), formats=FORMATS) as image:
        turn = _TURNS.get(orientation(image))
        held = size[::-1] if turn is not None and size_swaps(turn) else size
        if image.format in {"JPEG", "MPO"}:
            image.draft(image.mode, held)  # decodes at 1/2, 1/4 or 1/8, never below the size asked for
        profile = image.info.get("icc_profile")
        plain = _resized(_workable(image), held)
        plain = plain.copy() if plain is image else plain  # the file of `image` is about to be closed
    plain = _to_srgb(plain, profile)
    if turn is not None:
        plain = plain.transpose(turn)
    plain.info = {}
    return plain


def size_swaps(turn: Image.Transpose) -> bool:
    """Whether width and height change places."""
    return turn in {
        Image.Transpose.ROTATE_90,
        Image.Transpose.ROTATE_270,
        Image.Transpose.TRANSPOSE,
        Image.Transpose.TRANSVERSE,
    }


def _workable(image: Image.Image) -> Image.Image:
    """In a mode that can be resized: L, RGB, RGBA or CMYK."""
    if see_through(image):
        return image.convert("RGBA")
    if image.mode in _SIXTEEN:
        return image.convert("F").point(lambda value: value * (255 / 65535) + 0).convert("L")
    if image.mode == "1":
        return image.convert("L")
    return image if image.mode in {"L", "RGB", "CMYK"} else image.convert("RGB")


def _resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    return image if image.size == size else image.resize(size, Image.Resampling.LANCZOS)


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """By its colour profile; one that is damaged or for another kind of picture is left out."""
    target = "RGB" if image.mode == "CMYK" else image.mode
    if profile and image.mode != "L":
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode=target
            )
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            converted = None
        if converted is not None:
            return converted
    return image if image.mode == target else image.convert(target)


def _saved(image: Image.Image, kind: Kind, flat: bool) -> bytes:
    stream = BytesIO()
    if kind == "jpeg":
        opaque = image if image.mode in {"L", "RGB"} else image.convert("RGB")
        opaque.save(stream, "JPEG", **_JPEG)
    elif kind == "png":
        (_few(image) if flat else image).save(stream, "PNG")
    else:
        coloured = image.convert("RGB") if image.mode == "L" else image
        options = _AVIF if kind == "avif" else {"lossless": True, "method": 2} if flat else _WEBP
        coloured.save(stream, kind.upper(), **options)
    return stream.getvalue()


def _few(image: Image.Image) -> Image.Image:
    """Back to at most 256 colours, where there were no more before the picture was resized."""
    if image.mode == "L":
        return image
    method = Image.Quantize.FASTOCTREE if image.mode == "RGBA" else Image.Quantize.MEDIANCUT
    few = image.quantize(256, method, dither=Image.Dither.NONE)
    few.info = {key: few.info[key] for key in ("transparency",) if key in few.info}
    return few
