"""What `[web]` configures, as a frozen value with its defaults."""

from dataclasses import dataclass
from typing import Literal

from publisher.settings.address import ascii_address


@dataclass(frozen=True, slots=True)
class WebSettings:
    """`url`: under which readers reach the pages on which they leave and choose (`https://news.example.org`).

    `proxies` are the machines whose word of a visitor's address is taken. `evidence`: what is kept of it with
    a consent. `hourly`, `domain_hourly`: the most mails in an hour that confirm, in all and to one domain.
    `burst`: sign-ups in an hour that are nothing unusual; 0: any number. `refuse` are kinds of addresses that
    get no mail to confirm; `allowed` and `blocked` addresses and domains that always and never get one.
    """

    url: str = ""
    proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    evidence: Literal["none", "network", "address"] = "none"
    hourly: int = 600
    domain_hourly: int = 300
    burst: int = 200
    refuse: tuple[str, ...] = ("roles", "disposable", "unreachable")
    allowed: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    secrets: str = ""

    @property
    def address(self) -> str:
        """The url in ASCII, without a slash at its end; empty if there is none."""
        return ascii_address(self.url) if self.url else ""
