"""What was measured -> one SVG, readable on light and dark paper: how many times less than Hugo we need.

A panel for each size, a row for each scenario, on a logarithmic axis: to the right of the line through 1
is less than Hugo, to the left more. A mark shows how far it has to reach.
"""

from collections.abc import Iterator
from html import escape
from math import log10

from benchmarks.record import Record, Site
from benchmarks.verdict import BARS, OURS, Bar, reached

_LEFT, _WIDTH, _ROW, _HEAD = 210, 470, 26, 46  # pixels
_LEAST, _MOST = -2.0, 2.7  # powers of ten that the axis shows
_TICKS = (0.01, 0.1, 1, 10, 100, 500)
_STYLE = """\
svg { font: 13px system-ui, sans-serif; background: #fff }
text { fill: #1c1a17 } .soft { fill: #6b655c } .line { stroke: #d9d4cb } .one { stroke: #1c1a17 }
.publisher-lean { fill: #0f5e7a } .publisher { fill: #8fb9c8 } .bar { stroke: #b3261e; stroke-width: 2 }
@media (prefers-color-scheme: dark) {
svg { background: #14181d }
text { fill: #ece8e1 } .soft { fill: #a39c91 } .line { stroke: #353b43 } .one { stroke: #ece8e1 }
.publisher-lean { fill: #5fb4d1 } .publisher { fill: #2f6275 } .bar { stroke: #ff8a80 } }"""


def plot(record: Record) -> str:
    """The picture; without any figures an empty one."""
    sites = record.sites
    panel = _HEAD + _ROW * len(BARS) + 34
    width, height = _LEFT + _WIDTH + 90, 60 + panel * len(sites)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        "<title>How many times less than Hugo each scenario costs</title>",
        f"<style>{_STYLE}</style>",
        *_legend(),
    ]
    for number, site in enumerate(sites):
        parts += _panel(record, site, 60 + panel * number)
    return "\n".join([*parts, "</svg>\n"])


def _legend() -> Iterator[str]:
    """What the colours mean."""
    words = {"publisher-lean": "the same pages as Hugo", "publisher": "with search, previews, more feeds"}
    for number, name in enumerate(OURS):
        x = 20 + 230 * number
        yield f'<rect class="{name}" x="{x}" y="16" width="12" height="12" rx="2"/>'
        yield f'<text x="{x + 20}" y="27">{words[name]}</text>'
    yield '<line class="bar" x1="500" x2="500" y1="14" y2="30"/><text x="512" y="27">the aim</text>'


def _panel(record: Record, site: Site, top: int) -> Iterator[str]:
    yield f'<text x="20" y="{top + 18}" font-weight="600">{escape(str(site))}</text>'
    bottom = top + _HEAD + _ROW * len(BARS)
    for tick in _TICKS:
        x, kind = _x(tick), "one" if tick == 1 else "line"
        yield f'<line class="{kind}" x1="{x:.1f}" x2="{x:.1f}" y1="{top + _HEAD - 8}" y2="{bottom}"/>'
        said = "Hugo" if tick == 1 else f"{tick}×" if tick > 1 else f"1/{round(1 / tick)}"
        yield f'<text class="soft" x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{said}</text>'
    for number, bar in enumerate(BARS):
        yield from _row(record, site, bar, top + _HEAD + _ROW * number)


def _row(record: Record, site: Site, bar: Bar, top: int) -> Iterator[str]:
    kind = {"cpu": "CPU", "wall": "wall", "memory": ""}[bar.kind]
    label = f"{bar.scenario}{', ' if kind else ''}{kind}"
    yield f'<text x="{_LEFT - 12}" y="{top + 14}" text-anchor="end">{label}</text>'
    for number, builder in enumerate(OURS):
        if value := reached(record, site, builder, bar):
            gain = 1 / value
            start, end = sorted((_x(1), _x(gain)))
            y = top + 1 + 10 * number
            yield (
                f'<rect class="{builder}" x="{start:.1f}" y="{y}" width="{max(end - start, 1):.1f}" '
                f'height="9" rx="1.5"><title>{builder}, {label}: {gain:.2g} times less</title></rect>'
            )
    if most := bar.most.get(site.articles):
        x = _x(1 / most)
        yield f'<line class="bar" x1="{x:.1f}" x2="{x:.1f}" y1="{top - 1}" y2="{top + 22}"/>'


def _x(gain: float) -> float:
    place = (min(max(log10(gain), _LEAST), _MOST) - _LEAST) / (_MOST - _LEAST)
    return _LEFT + _WIDTH * place
