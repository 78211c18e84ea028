"""Pictures of every kind, made here."""

from io import BytesIO

from PIL import Image, ImageCms

GPS, MAKER, COMMENT = "Example Street 4", "Example Cameras", b"taken by a person with a name"


def gradient(mode: str = "RGB", size: tuple[int, int] = (64, 48)) -> Image.Image:
    """From dark on the left to light on the right, in any mode."""
    ramp = Image.linear_gradient("L").rotate(90).resize(size)
    if mode.startswith("I;16"):
        return Image.frombytes(mode, size, b"".join(bytes((0, value)) for value in ramp.tobytes()))
    if mode in {"RGBA", "LA"}:
        made = ramp.convert(mode)
        made.putalpha(ramp.rotate(180))
        return made
    return ramp.convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def photo(orientation: int = 1, size: tuple[int, int] = (64, 48)) -> bytes:
    """A JPEG as a telephone makes it: turned, with a place, a maker, a comment and a colour profile."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, MAKER
    exif.get_ifd(0x8825)[0x001D] = GPS
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = gradient(size=size)
    return saved(image, "JPEG", exif=exif, comment=COMMENT, icc_profile=profile, quality=95)


def animation(kind: str = "GIF") -> bytes:
    frames = [Image.new("RGB", (20, 10), colour) for colour in ("red", "green", "blue")]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100, loop=0)
