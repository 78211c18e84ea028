"""A request -> the fields of the form in its body, within limits of size and time; or why there are none."""

import asyncio
from collections.abc import Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

LIMIT = 16_384  # bytes of a form
_SECONDS = 10.0
_FIELDS = 50

Form = Mapping[str, list[str]]


async def read_form(request: Request) -> Form:
    """The fields, each with all its values; `{}` for an empty body. Both ways of sending them are read (HTML,
    RFC 7578). Raises HTTPException (400, 408, 413, 415).
    """
    body = await read_body(request, LIMIT)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not body:
        return {}
    if kind == "application/x-www-form-urlencoded":
        try:
            return parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_FIELDS)
        except ValueError as error:
            raise HTTPException(400) from error
    if kind == "multipart/form-data":
        return _multipart(request.headers["content-type"], body)
    raise HTTPException(415)


async def read_body(request: Request, limit: int) -> bytes:
    """The body. Raises HTTPException where it is too large, or too slow."""
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or len(length) > 12 or int(length) > limit:
        raise HTTPException(413)
    parts, size = [], 0
    try:
        async with asyncio.timeout(_SECONDS):
            async for part in request.stream():
                size += len(part)
                if size > limit:
                    raise HTTPException(413)
                parts.append(part)
    except TimeoutError as error:
        raise HTTPException(408) from error
    except ClientDisconnect as error:
        raise HTTPException(400) from error
    return b"".join(parts)


def _multipart(kind: str, body: bytes) -> Form:
    head = b"Content-Type: " + kind.encode("latin-1", "replace").replace(b"\n", b"") + b"\r\n\r\n"
    found: dict[str, list[str]] = {}
    message = message_from_bytes(head + body, EmailMessage, policy=policy.default)
    parts = message.iter_parts() if message.is_multipart() else iter(())
    for part in parts:
        name = part.get_param("name", header="content-disposition")
        if isinstance(name, str) and not part.is_multipart() and len(found) < _FIELDS:
            content = part.get_payload(decode=True)
            text = content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
            found.setdefault(name, []).append(text)
    return found
