"""Quoted-printable leftovers: "=E2=80=99" for an apostrophe, and lines that end in "=".

Why: mail writes bytes that way; someone saved the message without decoding it.

Fix: runs of such bytes are decoded where they make whole characters, and a line that ends in "=" is joined
with the next one. Both only in a text that has such runs.

Example: "the town=E2=80=99s bridge" becomes "the town’s bridge".
"""

import re
from collections.abc import Iterator

from publisher.clean.report import change, drop, quote
from publisher.clean.rule import define
from publisher.clean.structure import kinds, whole
from publisher.model import Article, Finding

CODE = "TX007"

_RUN = re.compile(r"(?:=[0-9A-F]{2}){2,}")
_ASCII = re.compile(r"=(20|3D)")
_SPACE = re.compile(r"=20$")


def check(article: Article) -> Iterator[Finding]:
    if "=" not in whole(article.lines):
        return
    kind = kinds(article.lines)
    open_lines = [
        line
        for at, line in enumerate(article.lines)
        if "=" in line.text and kind[at] not in {"fence", "code"}
    ]
    if not any(decoded(line.text) != line.text for line in open_lines):
        return
    numbers = {line.number for line in open_lines}
    lines, at = article.lines, 0
    while at < len(lines):
        first, parts = lines[at], [lines[at].text]
        at += 1
        while first.number in numbers and parts[-1].endswith("=") and at < len(lines):
            parts[-1] = parts[-1][:-1]
            parts.append(lines[at].text)
            yield drop(CODE, lines[at], f"joined with line {first.number}: {quote(lines[at].text)}", 0.97)
            at += 1
        if first.number in numbers and (mended := _mended("".join(parts))) != first.text:
            yield change(CODE, first, mended, "quoted-printable text", 0.97)


def decoded(text: str) -> str:
    """Runs of two bytes and more that are whole characters beyond ASCII, decoded."""
    return _RUN.sub(_character, text)


def _character(run: re.Match[str]) -> str:
    try:
        text = bytes.fromhex(run.group().replace("=", "")).decode("utf-8")
    except UnicodeDecodeError:
        return run.group()
    return text if not text.isascii() and text.isprintable() else run.group()


def _mended(text: str) -> str:
    return _ASCII.sub(lambda byte: chr(int(byte.group(1), 16)), _SPACE.sub("", decoded(text)))


RULE = define(CODE, "quoted-printable", __doc__, check)
