"""What an issue costs, from articles to HTML: composing, MJML and its checks, freezing, by their number.

python -m benchmarks.digest [ARTICLES ...]
"""

import sys
from importlib.resources import files

from benchmarks.mail import NOON, POST, best, card
from benchmarks.pages import table
from publisher.newsletter.freeze import freeze
from publisher.newsletter.issue import Issue, compose
from publisher.newsletter.render import render
from publisher.store.templates import load
from publisher.templating import environment

COUNTS = (20, 100, 500)


def row(count: int) -> list[str]:
    """Milliseconds of processor, the best of five rounds, for an issue of so many articles."""
    made = environment(load(files("publisher").joinpath("theme")))
    cards = tuple(card(number) for number in range(count))
    issue = compose(cards, NOON.date(), POST)
    assert isinstance(issue, Issue)  # noqa: S101 - there are articles
    rendered = render(issue, POST, made)
    times = (
        best(lambda: compose(cards, NOON.date(), POST), 5),
        best(lambda: render(issue, POST, made), 2),
        best(lambda: freeze(rendered, POST), 2),
    )
    return [f"{count:,}", *(f"{seconds * 1000:.1f}" for seconds in times), f"{len(rendered.html) / 1000:.0f}"]


def main() -> None:
    counts = [int(word) for word in sys.argv[1:]] or COUNTS
    head = ["articles", "compose, ms", "render with MJML, ms", "freeze, ms", "HTML, kB"]
    sys.stdout.write(f"{table([head, *map(row, counts)])}\n")


if __name__ == "__main__":
    main()
