"""What `[web]` configures, as a frozen value with its defaults."""

from dataclasses import dataclass

from publisher.settings.address import ascii_address


@dataclass(frozen=True, slots=True)
class WebSettings:
    """`url`: under which readers reach the pages on which they leave and choose (`https://news.example.org`)."""

    url: str = ""

    @property
    def address(self) -> str:
        """The url in ASCII, without a slash at its end; empty if there is none."""
        return ascii_address(self.url) if self.url else ""
