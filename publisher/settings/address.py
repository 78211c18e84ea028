"""An address as it is written -> the same in ASCII, as it goes over the wire."""

from functools import cache
from urllib.parse import quote, urlsplit

URL_CHARACTERS = "/:?#[]@!$&'()*+,;=%~"


@cache
def ascii_address(base_url: str) -> str:
    """Without a slash at the end, the host as IDNA has it (RFC 3490), the path percent-encoded."""
    parts = urlsplit(base_url)
    host, colon, port = parts.netloc, "", ""
    if not host.isascii():
        host, colon, port = host.partition(":")
        host = host.encode("idna").decode("ascii")
    path = quote(parts.path.rstrip("/"), safe=URL_CHARACTERS)
    return f"{parts.scheme}://{host}{colon}{port}{path}"
