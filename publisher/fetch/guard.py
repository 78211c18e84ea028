"""The name of a host -> the public addresses it may be asked at; never machines of our own network.

A text can name any address; who checks its links must not knock at the router, at the machine itself
or at a cloud's metadata service for it (server-side request forgery, CWE-918).
"""

import ipaddress
import socket


class Forbidden(OSError):
    """The host's address is private, local or reserved."""


def public_addresses(host: str, port: int, private: bool = False) -> tuple[tuple[int, str], ...]:
    """`(family, address)` of the host; the connection must go to these very ones, not to the name again.

    Raises Forbidden if any of them is not public (unless `private`), OSError if there are none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = tuple(dict.fromkeys((int(family), str(where[0])) for family, _, _, _, where in found))
    if not private and (bad := [address for _, address in addresses if not is_public(address)]):
        raise Forbidden(f"{bad[0]} is not a public address")
    return addresses


def is_public(address: str) -> bool:
    """IANA's registries of special addresses, as Python has them; also inside IPv6 (RFC 4291, RFC 6052)."""
    known = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(known, ipaddress.IPv6Address):
        inner = known.ipv4_mapped or known.sixtofour or (known.teredo[1] if known.teredo else None)
        if inner is None and known in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(known) & 0xFFFFFFFF)
        if inner is not None:
            return inner.is_global
    return known.is_global and not known.is_multicast
