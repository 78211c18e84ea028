"""The keys that a publication signs its mails with: the files that `[dkim.SELECTOR]` names -> a signer."""

import re
from collections.abc import Sequence
from pathlib import Path

from publisher.errors import PublishError
from publisher.newsletter.dkim import Key, Signer, read_key
from publisher.newsletter.mailbox import mailbox
from publisher.settings import DkimSettings
from publisher.store.failures import naming

# A name in DNS below _domainkey (RFC 6376, 3.1).
_SELECTOR = re.compile(r"[A-Za-z0-9]+(?:[.-]+[A-Za-z0-9]+)*")
_REWRITTEN = frozenset({"date", "message-id"})


def load_signer(root: Path, settings: Sequence[DkimSettings], sender: str) -> Signer | None:
    """What signs the mails of `sender` (its address in From); None where no key is configured.

    The domain of a key is the sender's unless it is configured; it may be a parent of it. Raises
    PublishError for a file that holds no fit key, and for a domain that is another's: receivers that ask
    for DMARC would not count its signature (RFC 7489, 3.1.1).
    """
    keys = tuple(_key(root, each, sender) for each in settings)
    return Signer(keys) if keys else None


def _key(root: Path, settings: DkimSettings, sender: str) -> Key:
    where = f"[dkim.{settings.name}]"
    if not settings.key:
        raise PublishError(where, "there is no key", 'set key = "secrets/dkim.pem"')
    if not _SELECTOR.fullmatch(settings.name):
        raise PublishError(where, "this is no selector", "letters, digits, hyphens: [dkim.news2026]")
    host = mailbox(sender, "[newsletter] sender").rpartition("@")[2]
    domain = (settings.domain or host).lower()
    if host != domain and not host.endswith(f".{domain}"):
        hint = f"the domain is that of the sender ({host}), or a parent of it"
        raise PublishError(where, f"a signature of {domain} says nothing about mails from @{host}", hint)
    path = root / settings.key
    with naming(path, "read the key"):
        pem = path.read_bytes()
    rewritten = frozenset(name.lower() for name in settings.rewritten)
    if more := sorted(rewritten - _REWRITTEN):
        known = ", ".join(sorted(_REWRITTEN))
        raise PublishError(where, f"rewritten: {more[0]!r} has to be signed", f"only these need not: {known}")
    return Key(domain, settings.name, read_key(pem, str(path)), rewritten)
