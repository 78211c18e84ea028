"""The link in a confirmation mail in -> a reader who agreed: by a button, never by the link alone (S05)."""

from dataclasses import replace
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from publisher.audience.subscriber import Subscriber
from publisher.audience.tokens import CONFIRM, PREFERENCES, make_token, read_token
from publisher.web.endpoint import Endpoint
from publisher.web.forms import read_form
from publisher.web.pages import Link

VALID = timedelta(days=7)


class Joining:
    """The route `/c/TOKEN`."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._at = endpoint

    async def confirm(self, request: Request) -> Response:
        """Double opt-in, second step."""
        token = str(request.path_params["token"])
        claim = read_token(self._at.keys, CONFIRM, token)
        if claim is None:
            return self._at.broken()
        reader = await self._at.desk.look(lambda: self._at.desk.roster.get(claim.subscriber))
        if reader is not None and reader.state == "confirmed":
            return self._welcome(reader)
        if reader is None or self._at.clock() - claim.made > VALID:
            return self._expired()
        if request.method != "POST":
            return self._question(reader, token)
        await read_form(request)
        consent = self._at.consent(request, "confirmed", "form", self._asked(reader))
        consent = replace(consent, newsletters=self._wanted(reader))
        done = await self._at.desk.act(lambda: self._at.desk.subscribers.confirm(reader.id, consent))
        return self._welcome(done) if done else self._expired()

    def _wanted(self, reader: Subscriber) -> tuple[str, ...]:
        """What he asked for; a list that was imported may have named none."""
        return reader.newsletters or self._at.names[:1]

    def _asked(self, reader: Subscriber) -> str:
        spoken = self._at.voice(reader.language)
        names = self._at.titles(self._wanted(reader))
        return f"{spoken.language}: {spoken.fill(spoken.words.confirm_text, reader.address, names)}"

    def _question(self, reader: Subscriber, token: str) -> Response:
        spoken = self._at.voice(reader.language)
        names = self._at.titles(self._wanted(reader))
        values = {
            "lines": [spoken.fill(spoken.words.confirm_text, reader.address, names)],
            "action": f"{self._at.root}/c/{token}",
            "buttons": [{"name": spoken.words.confirm_button, "value": ""}],
            "note": spoken.words.confirm_not,
            "link": None,
        }
        return self._at.show("question", spoken, spoken.words.confirm, values)

    def _welcome(self, reader: Subscriber) -> Response:
        spoken = self._at.voice(reader.language)
        said = spoken.fill(spoken.words.confirmed_text, reader.address, self._at.titles(reader.newsletters))
        token = make_token(self._at.keys, PREFERENCES, reader.id, self._at.clock())
        link = Link(f"{self._at.root}/p/{token}", spoken.words.settings)
        return self._at.say(spoken, spoken.words.confirmed, said, link=link)

    def _expired(self) -> Response:
        spoken = self._at.voice()
        link = Link(f"{self._at.root}/subscribe", spoken.words.signup)
        return self._at.say(spoken, spoken.words.expired, spoken.words.expired_text, link=link, status=410)
