"""Deploying to S3-compatible storage (the extra `deploy`), with signed requests, eight at a time."""

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError
from obstore.store import S3Store

from publisher.deploy.plan import Local
from publisher.errors import PublishError, Unavailable
from publisher.store.failures import naming
from publisher.store.kinds import media_type

if TYPE_CHECKING:
    from obstore.store import BackoffConfig  # exists for type checkers only

_AT_ONCE = 8
_LASTING = re.compile(r"[.-][0-9a-f]{8,}[.-]")
_ATTEMPTS = 4
_BACKOFF: "BackoffConfig" = {
    "init_backoff": timedelta(milliseconds=100),
    "max_backoff": timedelta(seconds=5),
    "base": 2,
}


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where and as whom. `endpoint` is empty for Amazon itself; `keys` as AWS names them."""

    name: str
    prefix: str
    endpoint: str
    region: str
    keys: Mapping[str, str]


class S3:
    """`site` is the built site. Each object has its media type and how long it may be kept."""

    def __init__(self, site: Path, bucket: Bucket) -> None:
        self._site = site
        self._where = f"s3://{bucket.name}/{bucket.prefix}".rstrip("/")
        self._store = _store(bucket)

    def read(self, path: str) -> bytes | None:
        try:
            return bytes(obstore.get(self._store, path).bytes())
        except FileNotFoundError:
            return None
        except BaseError as error:
            raise self._failure(error) from error

    def put(self, files: Sequence[Local]) -> None:
        """The first failure is raised when those under way are done; no more are begun."""
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            try:
                for _ in pool.map(self._send, [each.path for each in files]):
                    pass
            except PublishError:
                pool.shutdown(cancel_futures=True)
                raise

    def write(self, path: str, content: bytes) -> None:
        attributes = {"Content-Type": media_type(path, content), "Cache-Control": lasting(path)}
        try:
            obstore.put(self._store, path, content, attributes=attributes, use_multipart=False)
        except BaseError as error:
            raise self._failure(error) from error

    def delete(self, paths: Sequence[str]) -> None:
        """A thousand with one request; the library sees to that."""
        try:
            obstore.delete(self._store, list(paths))
        except FileNotFoundError:
            return
        except BaseError as error:
            raise self._failure(error) from error

    def _send(self, path: str) -> None:
        with naming(self._site / path, "read it"):
            content = (self._site / path).read_bytes()
        self.write(path, content)

    def _failure(self, error: BaseError) -> PublishError:
        if isinstance(error, PermissionDeniedError | UnauthenticatedError):
            hint = "check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and what this key may do"
            return PublishError(self._where, "the storage refuses the key", hint)
        status = re.search(r"\b([45]\d\d) [A-Z]\w+", str(error))
        what = f"the storage answers {status[0]}" if status else "the storage does not answer"
        return Unavailable(self._where, what, "what was sent stays sent; publish deploy goes on from there")


def lasting(path: str) -> str:
    """Cache-Control: a name with a digest in it never changes its content; a page may change any minute."""
    if _LASTING.search(path.rpartition("/")[2]):
        return "public, max-age=31536000, immutable"
    paging = path.endswith((".html", ".xml", ".json", ".txt", ".atom", ".rss"))
    return "public, max-age=60" if paging else "public, max-age=3600"


def _store(bucket: Bucket) -> S3Store:
    return S3Store(
        bucket.name,
        prefix=bucket.prefix or None,
        config={
            "region": bucket.region or "us-east-1",
            **({"endpoint": bucket.endpoint} if bucket.endpoint else {}),
            "access_key_id": bucket.keys["AWS_ACCESS_KEY_ID"],
            "secret_access_key": bucket.keys["AWS_SECRET_ACCESS_KEY"],
            **({"session_token": token} if (token := bucket.keys.get("AWS_SESSION_TOKEN")) else {}),
            "virtual_hosted_style_request": not bucket.endpoint,
        },
        client_options={
            "allow_http": bucket.endpoint.startswith("http://"),
            "timeout": timedelta(seconds=60),
        },
        retry_config={"max_retries": _ATTEMPTS, "retry_timeout": timedelta(seconds=60), "backoff": _BACKOFF},
    )
