"""The unattended run: each step a command of its own, in order, as far as those before it allow.

Every step is safe to run at any time and any number of times, so this is, too: what a killed run left
undone the next one does. A step in a process of its own cannot take the others with it.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from publisher.errors import PublishError
from publisher.schedule.moments import day_due
from publisher.settings import DAILY_STEPS, Publication
from publisher.store.diary import Outcome, Run, read_runs, write_run
from publisher.store.lock import hold
from publisher.work.place import Place

# What has to have gone well first: a mail whose links lead nowhere is worse than a late one.
_NEEDS = {"deploy": ("build",), "ping": ("build", "deploy"), "send": ("digest", "build", "deploy")}
_ARGUMENTS = {"send": ("--yes",)}
_CLOCKED = frozenset({"bounces", "check", "digest", "build", "send"})  # what they do depends on the moment
_FINDINGS, _WRONG, _SOME_FAILED, _LOCKED, _FAULT, _LATER, _INTERRUPTED = 1, 2, 4, 5, 70, 75, 130
# The first that occurred is the run's own exit code.
_ORDER = (_INTERRUPTED, _FAULT, _WRONG, _LATER, _SOME_FAILED, _FINDINGS)
_SAID = 4000  # characters of what a step said that are kept
Watch = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Manner:
    """What is handed on to every step: the configuration's file and the moment to take for now, if given."""

    config: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A command, by its name and arguments."""

    name: str
    arguments: tuple[str, ...]


def steps(publication: Publication) -> tuple[Step, ...]:
    """The configured steps, or those that the rest of the configuration calls for, always in one order."""
    wanted = publication.daily.steps or _called_for(publication)
    found: list[Step] = []
    for name in DAILY_STEPS:
        if name == "deploy" and name in wanted:
            found += (Step(name, (target.name,)) for target in publication.deploy)
        elif name in wanted:
            found.append(Step(name, _ARGUMENTS.get(name, ())))
    return tuple(found)


def is_due(place: Place, now: datetime) -> bool:
    """Whether today's time has come, or yesterday's run is still to be done.

    A run that says it was later than one after it, or than now, went by a clock that was ahead: no day is
    done by it.
    """
    latest, done = now, set()
    for run in reversed(read_runs(place.state / "daily.jsonl")):
        if run.begun <= latest:
            latest = run.begun
            done |= {run.day} if run.done else set()
    return _day(place, now) not in done


def run_daily(place: Place, now: datetime, watch: Watch, manner: Manner) -> Run:
    """Runs all steps and writes down how they went; `watch` is told the name of each as it begins.

    Raises Locked when another run is under way.
    """
    with hold(place.state / "daily.lock"):
        outcomes = tuple(_outcomes(place, steps(place.publication), watch, manner))
        run = Run(_day(place, now), now, all(map(_well, outcomes)), outcomes)
        try:
            write_run(place.state / "daily.jsonl", run)
        except PublishError as error:
            # What the steps had to say is not lost over it.
            unwritten = Outcome("daily", _WRONG, said=f"error: {error}")
            return replace(run, done=False, outcomes=(*outcomes, unwritten))
    return run


def exit_code(run: Run) -> int:
    """What tells cron how it went (DESIGN.md, section 7)."""
    codes = {_LATER if outcome.code == _LOCKED else outcome.code for outcome in run.outcomes}
    return next((code for code in _ORDER if code in codes), next(iter(codes - {0, None}), 0) or 0)


def failures(run: Run) -> Iterator[Outcome]:
    """The steps that did not go well, or were left out for it."""
    return (outcome for outcome in run.outcomes if outcome.code != 0)


def _called_for(publication: Publication) -> tuple[str, ...]:
    wanted = {
        "bounces": publication.bounces.mailbox,
        "digest": publication.newsletter.sender,
        "build": True,
        "deploy": publication.deploy,
        "ping": publication.feed.hub,
        "send": publication.newsletter.sender and publication.relays,
    }
    return tuple(name for name, called in wanted.items() if called)


def _outcomes(place: Place, planned: Sequence[Step], watch: Watch, manner: Manner) -> Iterator[Outcome]:
    failed: set[str] = set()
    for step in planned:
        if missing := [name for name in _NEEDS.get(step.name, ()) if name in failed]:
            yield Outcome(step.name, None, said=f"left out, as {missing[0]} failed")
            failed.add(step.name)
            continue
        watch(step.name)
        outcome = _done(place, step, manner)
        if not _well(outcome):
            failed.add(step.name)
        yield outcome


def _well(outcome: Outcome) -> bool:
    """Findings, and readers whom no mail reaches, are to be told of, but nothing to be done again."""
    fine = {"check": {0, _FINDINGS}, "send": {0, _SOME_FAILED}}
    return outcome.code in fine.get(outcome.step, {0})


def _done(place: Place, step: Step, manner: Manner) -> Outcome:
    chosen = ("--config", manner.config) if manner.config else ()
    # Who is in doubt, or is to be tried again, is in the report of a sending; it is told only if it failed.
    quiet = () if step.name == "send" else ("-q",)
    clock = ("--now", manner.now) if manner.now and step.name in _CLOCKED else ()
    command = [sys.executable, "-m", "publisher", *chosen, *quiet, step.name, *step.arguments, *clock]
    begun = time.monotonic()
    process = subprocess.Popen(  # noqa: S603 - our own command
        command,
        cwd=place.root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    try:
        said, _ = process.communicate()
    except BaseException:
        # Steps end cleanly when they are told to; what they were at is done by the next run.
        process.terminate()
        process.communicate()
        raise
    seconds = round(time.monotonic() - begun, 3)
    return Outcome(step.name, process.returncode, seconds, said.strip()[-_SAID:])


def _day(place: Place, now: datetime) -> date:
    return day_due(now, place.publication.daily.time, place.publication.zone)
