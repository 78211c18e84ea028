"""The link to leave in -> a reader who left: by the button on its page, or one click elsewhere (RFC 8058).

The token never expires, may be used again and again, and says which newsletter it is about.
"""

from starlette.requests import Request
from starlette.responses import Response

from publisher.audience.subscriber import Subscriber
from publisher.audience.tokens import PREFERENCES, Claim, leaving, make_token, read_token
from publisher.web.endpoint import Endpoint
from publisher.web.forms import read_form
from publisher.web.pages import Link

_ALL = "all"


class Leaving:
    """The route `/u/TOKEN`. `known`: newsletters that were found in the ledger, besides those configured."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._at = endpoint
        self._known: tuple[str, ...] = endpoint.names

    async def leave(self, request: Request) -> Response:
        """GET asks, POST does it: with whatever body, and with the same answer each time (S01, S02, S03)."""
        token = str(request.path_params["token"])
        found = await self._read(token)
        if found is None:
            return self._at.broken()
        claim, newsletter = found
        if request.method != "POST":
            reader = await self._at.desk.look(lambda: self._at.desk.roster.get(claim.subscriber))
            return self._question(reader, newsletter, token) if reader else self._left(None, newsletter)
        form = await read_form(request)
        name = "" if _ALL in form.get("leave", []) else newsletter
        how = "one-click" if form.get("List-Unsubscribe") else "form"
        consent = self._at.consent(request, "unsubscribed", how)
        act = self._at.desk.subscribers.unsubscribe
        reader = await self._at.desk.act(lambda: act(claim.subscriber, consent, name))
        # A mail program that clicks for its user gets no key to his settings.
        return self._left(reader if how == "form" else None, newsletter)

    async def _read(self, token: str) -> tuple[Claim, str] | None:
        """Whose link it is, and of which newsletter; also of one that is not configured any more."""
        if found := self._match(token):
            return found
        if len(token) != 36:
            return None
        issued = await self._at.desk.look(self._at.desk.roster.newsletters)
        self._known = tuple(dict.fromkeys((*self._known, *issued)))
        return self._match(token)

    def _match(self, token: str) -> tuple[Claim, str] | None:
        for name in self._known:
            if claim := read_token(self._at.keys, leaving(name), token):
                return claim, name
        return None

    def _question(self, reader: Subscriber, newsletter: str, token: str) -> Response:
        if newsletter not in reader.newsletters:
            return self._left(reader, newsletter)
        spoken = self._at.voice(reader.language)
        said, title = spoken.words, self._at.titles((newsletter,))
        buttons = [{"name": said.leave_button, "value": ""}]
        if set(reader.newsletters) - {newsletter}:
            buttons.append({"name": said.leave_all, "field": "leave", "value": _ALL})
        values = {
            "lines": [spoken.fill(said.leave_text, reader.address)],
            "action": f"{self._at.root}/u/{token}",
            "buttons": buttons,
            "note": "",
            "link": self._settings(reader, said.settings),
        }
        return self._at.show("question", spoken, spoken.fill(said.leave, names=title), values)

    def _left(self, reader: Subscriber | None, newsletter: str) -> Response:
        """Nobody stands for who was forgotten, and for who is not there to read it."""
        spoken = self._at.voice(reader.language if reader else "")
        said = spoken.words
        gone = spoken.fill(said.left, names=self._at.titles((newsletter,)))
        if reader is None:
            return self._at.say(spoken, gone, said.left_text)
        still = self._at.titles(reader.newsletters) if reader.state == "confirmed" else ()
        lines = [said.left_text, *([spoken.fill(said.still, names=still)] if still else []), said.regret]
        title = gone if still or len(self._at.names) == 1 else said.left_all
        return self._at.say(spoken, title, *lines, link=self._settings(reader, said.settings))

    def _settings(self, reader: Subscriber, name: str) -> Link:
        token = make_token(self._at.keys, PREFERENCES, reader.id, self._at.clock())
        return Link(f"{self._at.root}/p/{token}", name)
