"""Sanitised HTML in -> the fragment for every output, its headings, and where its links lead.

Inner links become `@@ref:N@@` (model.Entry), ids are made unique, pictures load lazily, hidden pictures
go. Reads what the sanitiser wrote: lower-case tags, every attribute quoted, `<` and `>` escaped.
"""

import re
from dataclasses import dataclass, field
from html import escape, unescape
from urllib.parse import unquote

from publisher.model import Finding, Heading, Reference
from publisher.render.characters import strip_illegal
from publisher.render.headings import lower_headings, name_headings

_ATTRIBUTE = re.compile(r' ([^\s="<>]+)="([^"]*)"')
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [^\s="<>]+="[^"]*")+| ?)>')
_NOTE_BACK = re.compile(r' ?<a href="#([^"]*)" class="footnote-backref">[^<]*</a>')
_EMPTY = re.compile(r"<p>\s*</p>\n?")
_CLASSES = re.compile(
    r"footnote-ref|footnote-backref|footnotes|footnotes-sep|footnotes-list|footnote-item|"
    r"contains-task-list|task-list-item|highlight|right|center"
)
_TOKEN = re.compile(r"[a-z][a-z0-9]{0,2}")  # Pygments' short names: k, nf, s2
_SIZE = re.compile(r"[1-9][0-9]{0,4}")
_TINY = re.compile(r"0*[01](?:px)?")
_UNSEEN = re.compile(r"display:\s*none|visibility:\s*hidden")
_TINY_STYLE = re.compile(r"(width|height):\s*0*[01](?:px)?(?![\w.%])")
_WEB = re.compile(r"https?:", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
Attributes = dict[str, str]


@dataclass(slots=True)
class Finished:
    """What `finish` made; `html` is the fragment."""

    html: str
    headings: tuple[Heading, ...] = ()
    references: list[Reference] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def finish(html: str) -> Finished:
    """Attribute values come in and go out escaped; see the module docstring."""
    html = html.replace("@@ref:", "@&#64;ref:")  # the author's own text is no placeholder of ours
    html = lower_headings(html)
    finished = Finished(html)
    pass_ = _Pass(finished)
    finished.html = _TAG.sub(pass_.tag, html)
    finished.html, finished.headings = name_headings(finished.html, pass_.ids)
    finished.html = _NOTE_BACK.sub(lambda back: back[0] if back[1] in pass_.ids else "", finished.html)
    finished.html = _EMPTY.sub("", finished.html)
    for fragment, line in pass_.fragments:
        if fragment not in pass_.ids:
            finished.findings.append(
                _finding("LK002", line, f"there is no place #{fragment} in this article")
            )
    return finished


class _Pass:
    """One pass over all tags that have attributes, links and their ends."""

    def __init__(self, finished: Finished) -> None:
        self.finished = finished
        self.ids: set[str] = set()
        self.fragments: list[tuple[str, int]] = []
        self._unwrapping = False

    def tag(self, match: re.Match[str]) -> str:
        closing, name, rest = match.groups()
        if name == "a" and closing:
            unwrap, self._unwrapping = self._unwrapping, False
            return "" if unwrap else match[0]
        if not rest and name not in ("a", "img"):
            return match[0]
        attributes = {key: unescape(value) for key, value in _ATTRIBUTE.findall(rest)}
        line = int(attributes.pop("data-line", "0") or 0)
        kept = self._common(name, attributes)
        if name == "img":
            return self._image(kept, line)
        if name == "a" and not self._link(kept, line):
            self._unwrapping = True
            return ""
        return _open(name, kept)

    def _common(self, name: str, attributes: Attributes) -> Attributes:
        """Only our own classes; an id once only (`name` of an `<a>` is what ids were called before)."""
        if "class" in attributes:
            classes = [each for each in attributes.pop("class").split() if _ours(name, each)]
            if classes:
                attributes["class"] = " ".join(classes)
        identity = attributes.pop("id", "") or attributes.pop("name", "")
        attributes.pop("name", None)
        if identity and not re.search(r"\s", identity) and identity not in self.ids:
            self.ids.add(identity)
            attributes["id"] = identity
        return attributes

    def _link(self, attributes: Attributes, line: int) -> bool:
        """Whether a link is left of it."""
        if "href" not in attributes:
            if "id" not in attributes:
                message = "a link was removed, its text kept: only http, https, mailto and tel are permitted"
                self._report("LK003", line, message)
            return "id" in attributes
        href = _address(attributes["href"])
        if href in ("", "#"):
            self._report("LK002", line, "a link leads nowhere; its text is kept")
            return False
        if href.startswith("#") and attributes.get("class") != "footnote-backref":
            self.fragments.append((unquote(href[1:]), line))
        attributes["href"] = self._refer("page", href, line)
        return True

    def _image(self, attributes: Attributes, line: int) -> str:
        source = _address(attributes.get("src", ""))
        style = attributes.pop("style", "")
        if not source or source.startswith("#") or source.startswith(("mailto:", "tel:")):
            self._report("LK003", line, "a picture without a permitted address (http or https) was removed")
            return ""
        if _hidden(attributes, style):
            self._report("IM003", line, f"a hidden picture (tracking pixel) was removed: {source[:80]}")
            return ""
        if not attributes.get("alt", "").strip():
            attributes["alt"] = ""
            self._report("IM002", line, f"a picture has no alt text: {source[:80]}")
        attributes["src"] = self._refer("image", source, line)
        sizes = [key for key in ("width", "height") if not _SIZE.fullmatch(attributes.get(key, "1"))]
        for key in sizes:
            del attributes[key]
        return _open("img", attributes | {"loading": "lazy"})

    def _refer(self, kind: str, address: str, line: int) -> str:
        """A placeholder for an address within the publication; any other address as it is."""
        if address.startswith("#") or _SCHEME.match(address):
            return address
        rest, _, anchor = address.partition("#")
        path, _, query = rest.partition("?")  # before decoding: %3F is a character of the path
        target, fragment = strip_illegal(unquote(path)), strip_illegal(unquote(anchor))
        reference = Reference("image" if kind == "image" else "page", target, fragment, line, query)
        self.finished.references.append(reference)
        return f"@@ref:{len(self.finished.references) - 1}@@"

    def _report(self, code: str, line: int, message: str) -> None:
        self.finished.findings.append(_finding(code, line, message))


def _address(value: str) -> str:
    """As browsers read it (WHATWG URL): no outer spaces, no tabs or line ends, `//host` and `https:host`."""
    value = re.sub(r"[\t\n\r]", "", value.strip("".join(map(chr, range(0x21)))))
    if re.match(r"[\\/]{2}", value):
        return "https://" + value.lstrip("\\/") if value.strip("\\/") else ""
    if web := _WEB.match(value):
        host = value[web.end() :].lstrip("\\/")
        return f"{web[0].lower()}//{host}" if host else ""
    return value


def _hidden(attributes: Attributes, style: str) -> bool:
    """Pictures nobody can see: 0 or 1 pixel wide and high, or not displayed."""
    tiny = {key for key in ("width", "height") if _TINY.fullmatch(attributes.get(key, "").strip())}
    return len(tiny | set(_TINY_STYLE.findall(style))) == 2 or bool(_UNSEEN.search(style))


def _ours(tag: str, name: str) -> bool:
    return bool((_TOKEN if tag == "span" else _CLASSES).fullmatch(name))


def _open(name: str, attributes: Attributes) -> str:
    return f"<{name}" + "".join(f' {key}="{escape(value)}"' for key, value in attributes.items()) + ">"


def _finding(code: str, line: int, message: str) -> Finding:
    return Finding(code, (line,) if line else (), message)
