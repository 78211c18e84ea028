"""Versions that are there and those that are asked for -> what is to be said of them."""

import re
from collections.abc import Mapping

from publisher.health.verdict import Verdict, fine, wrong

_LEAST_PYTHON = (3, 11)
_LEAST_SQLITE = (3, 35)  # RETURNING (sqlite.org/releaselog/3_35_0.html)
_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)\s*(?:\[[^]]*\])?\s*>=\s*([0-9][0-9.]*)\s*(?:;(.*))?")


def judge_versions(
    python: str, sqlite: str, needed: tuple[str, ...], there: Mapping[str, str]
) -> tuple[Verdict, ...]:
    """`needed` are requirements as package metadata have them; `there`: the versions that are installed."""
    found = [
        _least("Python", python, _LEAST_PYTHON, "install a newer one"),
        _least("SQLite", sqlite, _LEAST_SQLITE, "install a Python with a newer one"),
    ]
    old, missing = [], []
    for name, least in _core(needed):
        if name not in there:
            missing.append(name)
        elif _numbers(there[name]) < _numbers(least):
            old.append(f"{name} {there[name]} (needs {least})")
    remedy = "pip install --upgrade publisher"
    if missing:
        found.append(wrong("libraries", f"not installed: {', '.join(missing)}", remedy))
    if old:
        found.append(wrong("libraries", f"too old: {', '.join(old)}", remedy))
    if not old and not missing:
        found.append(
            fine("libraries", f"{len(_core(needed))} as they should be" if there else "as they came")
        )
    return tuple(found)


def judge_extra(missing: str, extra: str, why: str) -> Verdict:
    """A library that the configuration needs, and that only an extra brings."""
    return wrong(
        "libraries", f"{why} needs {missing}, which is not installed", f"pip install 'publisher[{extra}]'"
    )


def _core(needed: tuple[str, ...]) -> list[tuple[str, str]]:
    """Names and least versions of what every user needs; what belongs to an extra is left out."""
    found = (_REQUIREMENT.fullmatch(each.strip()) for each in needed)
    return [(plain(each[1]), each[2]) for each in found if each and "extra" not in (each[3] or "")]


def plain(name: str) -> str:
    """A library's name as all its spellings have it (packaging.python.org, name normalization)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _least(name: str, version: str, least: tuple[int, ...], remedy: str) -> Verdict:
    if _numbers(version) < least:
        return wrong(name, f"{version}; at least {'.'.join(map(str, least))} is needed", remedy)
    return fine(name, version)


def _numbers(version: str) -> tuple[int, ...]:
    """`3.11.4rc1` -> (3, 11, 4): enough to compare releases."""
    found = re.match(r"[0-9]+(?:\.[0-9]+)*", version)
    return tuple(map(int, found[0].split("."))) if found else ()
