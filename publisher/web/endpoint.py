"""What all routes need, in one value: the publication, its newsletters, keys, ledger, pages and limits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from publisher.audience.keys import Keys
from publisher.audience.subscriber import Act, Consent
from publisher.newsletter.editions import Edition
from publisher.settings import Publication
from publisher.web.desk import Desk
from publisher.web.limits import Limits, networks
from publisher.web.pages import Link, Pages, Voice, voice

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`clock` gives the present moment, aware; `steady` seconds of a clock that never steps back."""

    publication: Publication
    editions: tuple[Edition, ...]
    keys: Keys
    desk: Desk
    pages: Pages
    limits: Limits
    clock: Callable[[], datetime]
    steady: Callable[[], float]

    @property
    def root(self) -> str:
        """What stands before the paths of the endpoint: '' or the path of `[web] url`."""
        return self.pages.site.root

    @property
    def names(self) -> tuple[str, ...]:
        """The newsletters that can be chosen."""
        return tuple(edition.name for edition in self.editions)

    def titles(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """How newsletters are called, in the order of the configuration; one that is no more, by its name."""
        known = {edition.name: edition.title for edition in self.editions}
        ordered = sorted(names, key=lambda each: (*known, each).index(each))
        return tuple(known.get(each, each) for each in ordered)

    def voice(self, language: str = "") -> Voice:
        """The words for a reader with this language; '': the publication's."""
        return voice(language or self.publication.language)

    def consent(self, request: Request, act: Act, how: str, wording: str = "") -> Consent:
        """The record of what a reader does now."""
        return Consent(self.clock(), act, how, wording, self.evidence(request))

    def evidence(self, request: Request) -> str:
        """Where a reader's click came from, as far as `[web] evidence` keeps it (S11)."""
        host = request.client.host if request.client else ""
        kept = self.publication.web.evidence
        if not host or kept == "none":
            return ""
        return host if kept == "address" else networks(host)[0][0]

    def show(
        self, template: str, spoken: Voice, title: str, values: Mapping[str, Any], status: int = 200
    ) -> Response:
        return Response(self.pages.page(template, spoken, title, values), status, media_type=HTML)

    def say(
        self, spoken: Voice, title: str, *lines: str, link: Link | None = None, status: int = 200
    ) -> Response:
        """A page that only says something, and perhaps leads on."""
        return self.show("said", spoken, title, {"lines": lines, "link": link}, status)

    def broken(self) -> Response:
        """The answer to a link that is none of ours."""
        spoken = self.voice()
        link = Link(f"{self.root}/mine", spoken.words.mine)
        return self.say(spoken, spoken.words.broken, spoken.words.broken_text, link=link, status=404)
