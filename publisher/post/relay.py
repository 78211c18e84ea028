"""A relay as the configuration has it, ready to be used: where, how protected, who we are there."""

from dataclasses import dataclass, field
from typing import Literal

Security = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds that a step may take. RFC 5321 (4.5.3.2) asks for patience: minutes, not seconds."""

    connect: float = 30.0
    answer: float = 300.0
    data: float = 180.0
    final: float = 600.0

    @classmethod
    def of(cls, answer: float) -> "Limits":
        """All of them, from the time for an answer."""
        return cls(min(30.0, answer), answer, answer, 2 * answer)


@dataclass(frozen=True, slots=True)
class Relay:
    """`weight` 0: only while no other works. `per_second` 0: as fast as it takes. `authority`: a file."""

    name: str
    host: str
    port: int
    security: Security = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    authority: str = ""
    weight: int = 1
    connections: int = 10
    per_connection: int = 100
    per_second: float = 0.0
    limits: Limits = Limits()
