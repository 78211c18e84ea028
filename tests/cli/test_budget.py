"""What each command may import: a number of modules, and which of the heavy ones. Never milliseconds.

A process of its own tells what it had imported when it ended. Whoever makes a command lighter lowers its
line of the table; `python -m benchmarks.startup` shows what it costs in time.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from benchmarks.startup import STARTS, Publication, Start

# Each takes a while to be imported, or brings much with it.
HEAVY = frozenset(
    {"PIL", "asyncio", "click", "concurrent.futures", "cryptography", "css_inline", "dns", "email_validator"}
    | {"feedgen", "http.client", "idna", "jinja2", "logging", "lxml", "markdown_it", "mdit_py_plugins"}
    | {"mjml", "msgspec", "multiprocessing", "nh3", "obstore", "pygments", "rich", "smtplib", "sqlite3"}
    | {"ssl", "starlette", "tomllib", "urllib.request", "uvicorn", "watchfiles", "yaml", "zoneinfo"}
)
_SETTINGS = frozenset({"click", "tomllib", "zoneinfo"})
_LEDGER = _SETTINGS | {"sqlite3"}
_CLEANING = _SETTINGS | {"msgspec", "yaml"}
_RENDERING = _CLEANING | {"concurrent.futures", "jinja2", "logging", "markdown_it", "mdit_py_plugins"}
_RENDERING |= {"multiprocessing", "nh3", "sqlite3"}
_BUILDING = _RENDERING | {"PIL", "css_inline", "feedgen", "http.client", "lxml", "mjml", "ssl"}
_BUILDING |= {"urllib.request"}
_SERVING = _BUILDING | {"asyncio", "starlette", "uvicorn", "watchfiles"}


@dataclass(frozen=True)
class Budget:
    """So many modules at `most`, those of Python itself included; of the heavy ones only those it `may`."""

    most: int
    may: frozenset[str] = frozenset()


# Measured with Python 3.11, and a twentieth for other versions and libraries.
BUDGETS = {
    "--help": Budget(135, frozenset({"click"})),
    "build --help": Budget(770, _BUILDING),
    "build, nothing new": Budget(45),
    "build, one edit": Budget(775, _BUILDING),
    "check": Budget(770, _BUILDING),
    "clean": Budget(575, _RENDERING),
    "explain": Budget(365, _CLEANING),
    "digest --list": Budget(780, _BUILDING | {"idna"}),
    "send --dry-run": Budget(445, _LEDGER | {"asyncio", "concurrent.futures", "idna", "logging", "ssl"}),
    "subscribers list": Budget(380, _LEDGER | {"email_validator", "idna"}),
    "status": Budget(355, _LEDGER),
    "daily, nothing to do": Budget(340, _SETTINGS),
    "serve": Budget(920, _SERVING),
    "web": Budget(1005, _SERVING | {"cryptography", "dns", "email_validator", "idna"}),
}


@pytest.fixture(scope="module")
def publication() -> Iterator[Publication]:
    with TemporaryDirectory() as folder:
        yield Publication(Path(folder)).prepare()


@pytest.mark.parametrize("start", STARTS, ids=lambda start: start.name)
def test_a_command_imports_no_more_than_its_budget(publication: Publication, start: Start) -> None:
    budget = BUDGETS[start.name]
    names = publication.modules(start)
    if start.edited:
        publication.settle()
    heavy = names & HEAVY
    assert heavy <= budget.may, f"{start.name} imports {sorted(heavy - budget.may)}"
    others = sorted(name for name in names if name.partition(".")[0] not in sys.stdlib_module_names)
    assert len(names) <= budget.most, f"{len(names)} modules; not Python's own: {others}"


def test_every_command_that_is_measured_has_a_budget() -> None:
    assert [start.name for start in STARTS] == list(BUDGETS)
