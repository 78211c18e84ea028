"""The arguments of the remembered function in, the key of its value out."""

import hashlib
import importlib.metadata
import sys
import unicodedata
from functools import cache
from pathlib import Path

import msgspec

from publisher.model import Source

_LIBRARIES = ("markdown-it-py", "mdit-py-plugins", "msgspec", "nh3", "pygments", "pyyaml")
_PACKAGE = Path(__file__).resolve().parents[1]
_CODE = (
    "*.py",
    "settings/*.py",
    "content/**/*",
    "clean/**/*",
    "render/**/*",
    "search/**/*",
    "similar/*.py",
    "store/packing.py",
)


def key(source: Source, text: bytes, settings_digest: bytes, code: bytes) -> bytes:
    """32 bytes that differ if any argument does. `code` is `stamp()`, `text` a digest of the source's."""
    fallback = source.fallback
    dated = f"{fallback.origin} {fallback.moment.isoformat()}" if fallback else ""
    return _digest(source.path.encode(), text, dated.encode(), settings_digest, code)


def fingerprint(settings: object) -> bytes:
    """32 bytes for frozen dataclasses, mappings, sequences and scalars; equal values have equal ones."""
    return _digest(msgspec.json.encode(settings, order="deterministic"))


@cache
def stamp() -> bytes:
    """32 bytes for all that decides what an article compiles to, besides the article and the settings.

    The code and data of layers 0 and 1, by content: times of files change with each checkout and stay
    the same when a package is built twice. Versions of the libraries, of Python and of its Unicode.
    """
    files = sorted({file for pattern in _CODE for file in _PACKAGE.glob(pattern) if _counts(file)})
    code = [part for file in files for part in (_name(file), file.read_bytes())]
    versions = [f"{name} {importlib.metadata.version(name)}" for name in _LIBRARIES]
    python = f"{sys.version} {unicodedata.unidata_version}"
    return _digest(*code, *(version.encode() for version in versions), python.encode())


def _counts(file: Path) -> bool:
    return file.is_file() and file.suffix != ".pyc"


def _name(file: Path) -> bytes:
    return file.relative_to(_PACKAGE).as_posix().encode()


def _digest(*parts: bytes) -> bytes:
    """Each part goes with its length, so that nothing can move from one to the next."""
    made = hashlib.blake2b(digest_size=32)
    for part in parts:
        made.update(len(part).to_bytes(8, "little"))
        made.update(part)
    return made.digest()
