"""A place and a choice -> the built site on disk, and what is worth saying about it."""

import time
from dataclasses import dataclass, replace
from functools import partial

from publisher.arrange.order import line_up
from publisher.arrange.published import Record
from publisher.errors import Problems, PublishError
from publisher.model import Entry, Finding
from publisher.store import related
from publisher.store.failures import naming
from publisher.store.lock import hold
from publisher.store.outputs import Written, write
from publisher.store.pictures.copies import made_names
from publisher.store.pictures.shelf import Shelf
from publisher.store.places import check_output
from publisher.store.rendered import remember, unchanged
from publisher.store.spool import Spool
from publisher.store.unchanged import forget
from publisher.templating import finish
from publisher.work.again import LEDGER, Proof, due, left, program, reading
from publisher.work.compiling import Progress, compile_all, cores
from publisher.work.crew import Crew, silent
from publisher.work.drawn import draw, drawings
from publisher.work.pictures import develop
from publisher.work.place import Place, with_content
from publisher.work.published import keep
from publisher.work.site import Choice, Site, make_site


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made, and was the first to withdraw. `seconds` is wall time, `proof` for the next one."""

    site: Site
    written: Written
    seconds: float
    proof: Proof
    withdrawn: tuple[Record, ...] = ()

    @property
    def again(self) -> "Built":
        """The same, built once more: nothing is new then."""
        paths = tuple(output.path for output in self.site.outputs)
        return replace(self, written=Written((), (), paths, ()), seconds=0.0, withdrawn=())


def build(place: Place, choice: Choice, jobs: int = 0, progress: Progress | None = None) -> Built:
    """content/ -> site/. All outputs are made before the first is written; a failing build writes nothing.

    Raises Problems (all files' mistakes), Locked when another build is under way, PublishError for a
    disk that fails; with `strict` in the configuration, findings that need an eye are errors too.
    """
    begun = time.monotonic()
    with_content(place)
    check_output(place.root, place.output, (place.content, place.templates))
    with hold(place.state / "lock"):
        forget(str(place.state))
        read = reading(place)
        with naming(place.state, "make the folder"):
            (place.state / "templates").mkdir(exist_ok=True)
        keep_aside = Spool(place.state).keep
        compiled = compile_all(place, jobs, progress, keep=keep_aside)
        crew = Crew(jobs or cores(), progress or silent)
        lineup = line_up(compiled.entries, choice.now, choice.drafts, choice.future)
        used = develop(place, (*lineup.every, *compiled.notes), crew)
        site = make_site(place, compiled.entries, choice, notes=compiled.notes)
        memory = place.state, program(read), place.output, site.outputs
        known = unchanged(*memory)
        finish(site.outputs, known, keep_aside)
        if place.publication.strict:
            refuse_findings(place, site.every)
        draw(drawings(place, site.entries), crew)
        published = partial(keep, place, site.history, choice)
        written = write(place.output, site.outputs, published, known)
        rows = remember(*memory, known)
        related.save(place.state, site.kin)
        if choice.publishes and site.history.new:
            read.look_again(str(place.root), LEDGER)
        Shelf(place.state / "images").prune(used | made_names(site.outputs))
        done = Proof(read, left(place, site.outputs, rows), choice.now.timestamp(), due(site.withheld))
    withdrawn = site.history.just_withdrawn if choice.publishes else ()
    return Built(site, written, time.monotonic() - begun, done, withdrawn)


def open_findings(entry: Entry) -> tuple[Finding, ...]:
    """Findings that need a person: everything that cleaning did not mend by itself, but for missing ids."""
    return tuple(f for f in entry.findings if not f.applied and f.code != "FM005")


def refuse_findings(place: Place, entries: tuple[Entry, ...]) -> None:
    """Under `strict` a finding that needs an eye stops the build; a partner's advice (FD004) does not."""
    problems = [
        PublishError(
            f"{place.shown(entry.card.path)}:{f.lines[0] if f.lines else 1}", f"{f.code} {f.message}"
        )
        for entry in entries
        for f in open_findings(entry)
        if f.code != "FD004"
    ]
    if problems:
        raise Problems(problems)
