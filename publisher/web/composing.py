"""An errand in -> the mail for it out: the link with its token, the words in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from publisher.audience.keys import KEY_IDS, Keys
from publisher.audience.tokens import CONFIRM, PREFERENCES, make_token
from publisher.audience.verp import envelope_sender
from publisher.newsletter.editions import Edition
from publisher.newsletter.mailbox import reader_mailbox
from publisher.post.session import Mail
from publisher.settings import Publication
from publisher.site.words import words
from publisher.store.signups import Errand
from publisher.web.letter import Letterhead, Stamped, Wording, letter
from publisher.web.pages import Voice, voice
from publisher.web.words import joined
from publisher.work.signing import Sign

_PURPOSE = "signup"


@dataclass(frozen=True, slots=True)
class Composer:
    """What mails of one publication are made from; `signs` has what signs for a newsletter, where we do."""

    publication: Publication
    editions: tuple[Edition, ...]
    keys: Keys
    signs: Mapping[str, Sign]

    def mail(self, errand: Errand, now: datetime) -> Mail:
        """The mail and its envelope: bounces come back to a sender of our own (VERP, issue 0) if one can be.

        Raises PublishError where a mail cannot be made.
        """
        edition, reader = self._edition(errand), errand.reader
        spoken = voice(reader.language or edition.language)
        head = Letterhead(edition, self.publication.title, self.publication.absolute("/"))
        to = Stamped(reader.address, self._message_id(errand, edition), now)
        message = letter(self._wording(errand, spoken, now), head, to, spoken)
        if sign := self.signs.get(edition.name):
            message = sign(message)
        bounces = self.publication.sending.bounces
        back = envelope_sender(self.keys, 0, reader.id, bounces) if bounces else edition.sender
        return Mail(back, reader_mailbox(reader.address), message)

    def _edition(self, errand: Errand) -> Edition:
        """The first that he asked for, else the first there is."""
        wanted = [each for each in self.editions if each.name in errand.reader.newsletters]
        return (*wanted, *self.editions)[0]

    def _wording(self, errand: Errand, spoken: Voice, now: datetime) -> Wording:
        said, title, web = spoken.words, self.publication.title, self.publication.web.address
        if errand.purpose == "confirm":
            titles = {each.name: each.title for each in self.editions}
            names = tuple(titles.get(name, name) for name in errand.reader.newsletters) or (title,)
            return Wording(
                said.mail_confirm.format(title=title),
                said.mail_confirm_text.format(names=joined(names, words(spoken.language).and_)),
                f"{web}/c/{make_token(self.keys, CONFIRM, errand.reader.id, now)}",
                said.confirm_button,
                said.mail_confirm_not,
            )
        link = f"{web}/p/{make_token(self.keys, PREFERENCES, errand.reader.id, now)}"
        subject = said.mail_settings.format(title=title)
        return Wording(subject, said.mail_settings_text, link, said.settings, said.mail_settings_not)

    def _message_id(self, errand: Errand, edition: Edition) -> str:
        """One per sign-up: a mail that is sent again is the same mail, whatever keys have come since."""
        oldest = min(self.keys.secrets, key=KEY_IDS.index)
        proof = self.keys.prove(_PURPOSE, str(errand.id).encode(), oldest)
        return f"<{proof.hex('.', 4)}@{edition.sender.rpartition('@')[2]}>"
