"""A DNS server on loopback that answers from a table."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

Records = Mapping[str, list[str]]  # "example.org TXT": what zone files have behind the type
SILENT, FAILS = "silent.example.org.", "fails.example.org."


@dataclass
class NameServer:
    """`asked` are the questions, in their order; a name without any record does not exist."""

    records: Records
    port: int = 0
    asked: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def answer(self, wire: bytes) -> bytes:
        query = dns.message.from_wire(wire)
        question = query.question[0]
        name, kind = str(question.name).lower(), dns.rdatatype.to_text(question.rdtype)
        self.asked.append(f"{name} {kind}")
        reply = dns.message.make_response(query)
        reply.flags |= dns.flags.RA
        texts = self.records.get(f"{name.rstrip('.')} {kind}", [])
        if name == SILENT:
            return b""
        if name == FAILS:
            reply.set_rcode(dns.rcode.SERVFAIL)
        elif texts:
            reply.answer.append(dns.rrset.from_text(name, 60, "IN", kind, *texts))
        elif not any(key.startswith(f"{name.rstrip('.')} ") for key in self.records):
            reply.set_rcode(dns.rcode.NXDOMAIN)
        return reply.to_wire()


def txt(*texts: str) -> list[str]:
    """TXT records as zone files have them: in parts of at most 255 octets (RFC 1035, 3.3.14)."""
    return [" ".join(f'"{text[at : at + 200]}"' for at in range(0, len(text), 200)) for text in texts]


@contextmanager
def nameserver(records: Records) -> Iterator[NameServer]:
    made = NameServer(records)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        made.port = listening.getsockname()[1]
        thread = threading.Thread(target=_serve, args=(made, listening))
        thread.start()
        try:
            yield made
        finally:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ending:
                ending.sendto(b"", ("127.0.0.1", made.port))
            thread.join()


def _serve(made: NameServer, listening: socket.socket) -> None:
    while True:
        wire, client = listening.recvfrom(4_096)
        if not wire:
            return
        if reply := made.answer(wire):
            listening.sendto(reply, client)
