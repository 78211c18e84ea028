"""Forms with an address in -> sign-ups and requests for settings in the queue; always the same answer (S06).

Nothing here looks whether anybody knows the address: the queue does, later.
"""

import math
from dataclasses import dataclass
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from publisher.audience.addresses import read_address
from publisher.audience.stamps import make_stamp, read_stamp
from publisher.audience.subscriber import Address
from publisher.store.signups import Wish
from publisher.web.endpoint import Endpoint
from publisher.web.forms import Form, read_form
from publisher.web.pages import Voice
from publisher.web.words import Phrases

_TRAP = "topic"  # no person sees this field; one who fills it in is none
_FASTEST, _SLOWEST = timedelta(seconds=2), timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the field for the address shows: how it is called, what was entered, what is wrong with it."""

    field: str
    stamp: str
    address: str = ""
    problem: str = ""
    trap: str = _TRAP


class Signing:
    """The routes `/subscribe` and `/mine`."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._at = endpoint

    async def subscribe(self, request: Request) -> Response:
        """Double opt-in, first step."""
        spoken = self._at.voice()
        if request.method != "POST":
            return self._form(spoken, "", "", ())
        if refusal := self._refusal(request, spoken):
            return refusal
        form = await read_form(request)
        if _is_robot(form):
            return self._sent(spoken)
        names = self._at.names
        wanted = names if len(names) == 1 else tuple(n for n in names if n in form.get("newsletter", []))
        address, problem = self._judge(form, spoken.words)
        problem = problem or ("" if wanted else spoken.words.choose)
        if address is None or problem:
            return self._form(spoken, self._typed(form), problem, wanted)
        wording = f"{spoken.language}: {spoken.fill(spoken.words.consent, names=self._at.titles(wanted))}"
        evidence = self._at.evidence(request)
        wish = Wish("confirm", address, self._at.clock(), wanted, "", wording, evidence)
        await self._at.desk.receive(wish)
        return self._sent(spoken)

    async def mine(self, request: Request) -> Response:
        """A reader who has no mail of ours at hand is sent the link to his settings."""
        spoken = self._at.voice()
        if request.method != "POST":
            return self._mine(spoken, "", "")
        if refusal := self._refusal(request, spoken):
            return refusal
        form = await read_form(request)
        if _is_robot(form):
            return self._sent(spoken)
        address, problem = self._judge(form, spoken.words)
        if address is None or problem:
            return self._mine(spoken, self._typed(form), problem)
        await self._at.desk.receive(Wish("settings", address, self._at.clock()))
        return self._sent(spoken)

    def _refusal(self, request: Request, spoken: Voice) -> Response | None:
        """Too many from one network: they are told, as it says nothing about any address."""
        host = request.client.host if request.client else ""
        wait = self._at.limits.take_network(host, self._at.steady())
        if not wait:
            return None
        refused = self._at.say(spoken, spoken.words.busy, spoken.words.busy_text, status=429)
        refused.headers["Retry-After"] = str(math.ceil(wait))
        return refused

    def _judge(self, form: Form, said: Phrases) -> tuple[Address | None, str]:
        """The address, if it is one, and what keeps it from being taken; '' for nothing.

        The form of the static site has no stamp; who comes from there is shown ours.
        """
        shown = read_stamp(self._at.keys, form.get("shown", [""])[0])
        in_time = shown is not None and _FASTEST <= self._at.clock() - shown <= _SLOWEST
        try:
            return read_address(self._typed(form)), "" if in_time else said.again
        except ValueError:
            return None, said.wrong_address

    def _typed(self, form: Form) -> str:
        return form.get(self._field, [""])[0][:320]

    @property
    def _field(self) -> str:
        return self._at.publication.newsletter.signup_field

    def _form(self, spoken: Voice, typed: str, problem: str, wanted: tuple[str, ...]) -> Response:
        chosen = wanted or self._at.names[:1]
        offers = [
            {"name": each.name, "title": each.title, "wanted": each.name in chosen}
            for each in self._at.editions
        ]
        names = self._at.titles(self._at.names) if len(offers) == 1 else (self._at.publication.title,)
        consent = spoken.fill(spoken.words.consent, names=names)
        values = {"entry": self._entry(typed, problem), "offers": offers, "consent": consent}
        return self._at.show("subscribe", spoken, spoken.words.signup, values, _status(problem, spoken))

    def _mine(self, spoken: Voice, typed: str, problem: str) -> Response:
        values = {"entry": self._entry(typed, problem)}
        return self._at.show("mine", spoken, spoken.words.mine, values, _status(problem, spoken))

    def _entry(self, typed: str, problem: str) -> Entry:
        return Entry(self._field, make_stamp(self._at.keys, self._at.clock()), typed, problem)

    def _sent(self, spoken: Voice) -> Response:
        said = spoken.words
        return self._at.say(spoken, said.sent, said.sent_text, said.sent_later)


def _is_robot(form: Form) -> bool:
    return any(form.get(_TRAP, []))


def _status(problem: str, spoken: Voice) -> int:
    """One more click is no mistake of whoever has to make it."""
    return 422 if problem and problem != spoken.words.again else 200
