"""Several relays by weight -> whose turn it is. One that is down drops out; weight 0 stands in for others."""

from collections.abc import Mapping


class Shares:
    """Mails are shared out in the proportion of the weights, whatever the relays' speed."""

    def __init__(self, weights: Mapping[str, int], slack: int = 10) -> None:
        self._weights = dict(weights)
        self._taken = dict.fromkeys(weights, 0.0)
        self._down: set[str] = set()
        self._slack = slack

    def may(self, name: str) -> bool:
        """Whether the relay may take another mail now."""
        if len(self._weights) == 1:
            return True
        working = self._working()
        if name not in working:
            return False
        least = min(self._load(other) for other in working)
        return self._load(name) <= least + self._slack / self._weight(name)

    def took(self, name: str) -> None:
        self._taken[name] += 1

    def down(self, name: str) -> None:
        self._down.add(name)

    def up(self, name: str) -> None:
        """The relay works. Mails that others sent for it meanwhile are not made up for."""
        if name in self._down:
            self._down.discard(name)
            others = [self._load(other) for other in self._working() if other != name]
            self._taken[name] = max(self._taken[name], min(others, default=0.0) * self._weight(name))

    def _working(self) -> list[str]:
        """Those with a weight that are up; else those without; if all are down, each may try."""
        up = [name for name in self._weights if name not in self._down]
        weighed = [name for name in up if self._weights[name]]
        return weighed or up or list(self._weights)

    def _weight(self, name: str) -> int:
        return self._weights[name] or 1

    def _load(self, name: str) -> float:
        return self._taken[name] / self._weight(name)
