"""The link to one's settings in -> what a reader gets, changed; his data, taken along or deleted (S12)."""

import json

from starlette.requests import Request
from starlette.responses import Response

from publisher.audience.subscriber import Change, Subscriber
from publisher.audience.tokens import PREFERENCES, read_token
from publisher.web.endpoint import Endpoint
from publisher.web.forms import Form, read_form
from publisher.web.pages import Link
from publisher.web.words import NAMES
from publisher.work.exporting import everything


class Settings:
    """The routes below `/p/TOKEN`. The token never expires: without it nobody could leave us."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._at = endpoint

    async def preferences(self, request: Request) -> Response:
        """Which newsletters, and in which language."""
        reader = await self._reader(request)
        if reader is None:
            return self._at.broken()
        if request.method != "POST":
            return self._page(request, reader, "")
        saved = await self._save(request, reader, await read_form(request))
        note = self._at.voice(saved.language).words.saved if saved else ""
        return self._page(request, saved, note) if saved else self._at.broken()

    async def export(self, request: Request) -> Response:
        """All that is known of the reader, as a file."""
        reader = await self._reader(request)
        if reader is None:
            return self._at.broken()
        await read_form(request)
        found = await self._at.desk.look(lambda: everything(self._at.desk.roster, reader))
        body = json.dumps({"schema": 1, **found}, ensure_ascii=False, indent=2).encode()
        headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
        return Response(body, media_type="application/json", headers=headers)

    async def erase(self, request: Request) -> Response:
        """Asks once more; then all is gone but the mark that keeps imports from bringing him back (S10)."""
        reader = await self._reader(request)
        if reader is None:
            return self._at.broken()
        spoken = self._at.voice(reader.language)
        said, path = spoken.words, self._path(request)
        form = await read_form(request) if request.method == "POST" else {}
        if "yes" not in form.get("sure", []):
            values = {
                "lines": [said.erase_text],
                "action": f"{path}/erase",
                "buttons": [{"name": said.erase_button, "field": "sure", "value": "yes"}],
                "note": "",
                "link": Link(path, said.erase_not),
            }
            return self._at.show("question", spoken, said.erase_title, values)
        now = self._at.clock()
        await self._at.desk.act(lambda: self._at.desk.subscribers.forget(reader.id, now))
        return self._at.say(spoken, said.erased, said.erased_text)

    async def _reader(self, request: Request) -> Subscriber | None:
        claim = read_token(self._at.keys, PREFERENCES, str(request.path_params["token"]))
        if claim is None:
            return None
        return await self._at.desk.look(lambda: self._at.desk.roster.get(claim.subscriber))

    async def _save(self, request: Request, reader: Subscriber, form: Form) -> Subscriber | None:
        """Who gets nothing at present and chooses something comes back by that: his mail gave him the link.

        Newsletters that are not offered any more stay as they are.
        """
        offered = self._at.names
        chosen = {name for name in offered if name in form.get("newsletter", [])}
        wanted = tuple(sorted(chosen | (set(reader.newsletters) - set(offered))))
        languages = [code for code in ("", *NAMES) if code in form.get("language", [])]
        change = Change(language=languages[0] if languages else None, newsletters=wanted)
        spoken = self._at.voice(reader.language)
        wording = f"{spoken.language}: {spoken.fill(spoken.words.consent, names=self._at.titles(wanted))}"
        readers = self._at.desk.subscribers
        back = self._at.consent(request, "confirmed", "settings", wording)
        changed = self._at.consent(request, "changed", "settings")

        def save() -> Subscriber | None:
            if wanted and reader.state != "confirmed":
                readers.confirm(reader.id, back)
            return readers.change(reader.id, change, changed)

        return await self._at.desk.act(save)

    def _page(self, request: Request, reader: Subscriber, note: str) -> Response:
        spoken = self._at.voice(reader.language)
        gets = reader.newsletters if reader.state == "confirmed" else ()
        values = {
            "note": " ".join(filter(None, (note, "" if gets else spoken.words.nothing))),
            "heading": spoken.fill(spoken.words.settings_text, reader.address),
            "action": self._path(request),
            "offers": [
                {"name": each.name, "title": each.title, "wanted": each.name in gets}
                for each in self._at.editions
            ],
            "languages": NAMES.items(),
            "chosen": reader.language,
        }
        return self._at.show("preferences", spoken, spoken.words.settings, values)

    def _path(self, request: Request) -> str:
        return f"{self._at.root}/p/{request.path_params['token']}"
