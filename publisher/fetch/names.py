"""A name and a type of record -> what DNS says, each asked once and within its time."""

import ipaddress
import re
import socket
from contextlib import closing

from dns.exception import DNSException
from dns.name import EmptyLabel, LabelTooLong, NameTooLong
from dns.rdtypes.ANY.TXT import TXT
from dns.resolver import NXDOMAIN, LifetimeTimeout, NoAnswer, NoNameservers, Resolver

from publisher.errors import PublishError
from publisher.health.answers import Answer

# No such name, no record of that type; the others are of names that can be nobody's.
_NOTHING = (NXDOMAIN, NoAnswer, EmptyLabel, LabelTooLong, NameTooLong)
_PORT = 53
_SERVER = re.compile(r"(?:\[([^]]+)\]|([^:]+))(?::([0-9]{1,5}))?|([0-9a-fA-F:.]+)")
_PATIENCE = 2  # timeouts after which nobody is asked any more
_ELSEWHERE = ("192.0.2.1", "2001:db8::1")  # RFC 5737, RFC 3849: nothing is ever sent there


class Names:
    """Asks the system's DNS servers, or the one at `server`. `seconds` is the time for one question."""

    def __init__(self, seconds: float = 5.0, server: str = "") -> None:
        """`server` as `9.9.9.9`, `127.0.0.1:5353` or `[::1]:5353`. Raises PublishError for another."""
        self._seconds = seconds
        self._known: dict[tuple[str, str], Answer] = {}
        self._silent = 0
        self._resolver, self._trouble = _resolver(server)

    def ask(self, name: str, kind: str) -> Answer:
        """The records; NXDOMAIN and no record of that type are both an empty answer. Raises nothing."""
        key = (name.rstrip(".").lower(), kind)
        if key not in self._known:
            self._known[key] = self._asked(*key)
        return self._known[key]

    def _asked(self, name: str, kind: str) -> Answer:
        if self._trouble or self._silent >= _PATIENCE:
            return Answer(trouble=self._trouble or "the DNS server does not answer")
        try:
            found = self._resolver.resolve(f"{name}.", kind, lifetime=self._seconds, search=False)
        except _NOTHING:
            return Answer()
        except LifetimeTimeout:
            self._silent += 1
            return Answer(trouble=f"no answer in {self._seconds:g} seconds")
        except (DNSException, OSError, UnicodeError) as error:
            failed = isinstance(error, NoNameservers)
            return Answer(trouble="the server failed (SERVFAIL, REFUSED)" if failed else str(error)[:200])
        return Answer(tuple(_text(each) for each in found))


def _text(record: object) -> str:
    """TXT as one text, its parts joined without a space (RFC 7208, 3.3); all others as they are written."""
    if isinstance(record, TXT):
        return b"".join(record.strings).decode("utf-8", "replace")
    return str(record)


def _resolver(server: str) -> tuple[Resolver, str]:
    """And why it can ask nobody; '' if it can."""
    if server:
        host, port = _split(server)
        made = Resolver(configure=False)
        made.nameservers, made.port = [host], port
        return made, ""
    try:
        return Resolver(), ""
    except DNSException as error:
        return Resolver(configure=False), f"no DNS server is configured on this machine: {error}"


def _split(server: str) -> tuple[str, int]:
    found = _SERVER.fullmatch(server)
    host, port = (found[1] or found[2] or found[4], found[3]) if found else ("", "")
    try:
        ipaddress.ip_address(host)
        number = int(port or _PORT)
    except ValueError as error:
        hint = "the address of a server, such as 9.9.9.9 or 127.0.0.1:5353"
        raise PublishError("--resolver", f"{server!r} is no DNS server", hint) from error
    return host, number


def own_address() -> str:
    """The address that this machine would connect to others from; '' if it is connected to nobody."""
    for family, far in zip((socket.AF_INET, socket.AF_INET6), _ELSEWHERE, strict=True):
        with closing(socket.socket(family, socket.SOCK_DGRAM)) as probe:
            try:
                probe.connect((far, 9))  # of UDP: this chooses an address and sends nothing
            except OSError:
                continue
            return str(probe.getsockname()[0])
    return ""
