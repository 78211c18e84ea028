"""Where a request comes from, in -> whether there were too many from there out (S09). In memory alone."""

from collections import OrderedDict
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_MOST = 50_000  # networks that are remembered; those that were quiet longest are forgotten first


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and after them one every so many seconds."""

    burst: int
    seconds: float


NETWORK = Rate(20, 30.0)  # a /24 or /64: a household, an office, a part of a mobile network
WIDE = Rate(100, 6.0)  # a /48: what one customer may have of IPv6


class Limits:
    """Buckets of requests by name. Moments are of a clock that never steps back, in seconds."""

    def __init__(self) -> None:
        self._spent: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, name: str, rate: Rate, now: float) -> float:
        """0.0 if there is one left, which is taken; else in how many seconds there is."""
        spent, at = self._spent.pop(name, (0.0, now))
        spent = max(0.0, spent - (now - at) / rate.seconds)
        wait = max(0.0, spent + 1 - rate.burst) * rate.seconds
        self._spent[name] = (spent if wait else spent + 1, now)
        if len(self._spent) > _MOST:
            self._spent.popitem(last=False)
        return wait

    def take_network(self, host: str, now: float) -> float:
        """As `take`, for the networks that the address `host` belongs to."""
        return max(self.take(name, rate, now) for name, rate in networks(host))


def networks(host: str) -> tuple[tuple[str, Rate], ...]:
    """The networks of an address that count together; what is no address counts as one."""
    try:
        address: IPv4Address | IPv6Address = ip_address(host.partition("%")[0])
    except ValueError:
        return (("?", NETWORK),)
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is None:
            return ((_name(address, 64), NETWORK), (_name(address, 48), WIDE))
        address = address.ipv4_mapped
    return ((_name(address, 24), NETWORK),)


def _name(address: IPv4Address | IPv6Address, length: int) -> str:
    return str(ip_network((address, length), strict=False))
