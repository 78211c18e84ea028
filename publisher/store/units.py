"""A folder of systemd's units -> those of a publication in it, written and taken out again."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from publisher.schedule.systemd import works_in
from publisher.store.atomic import replace
from publisher.store.failures import naming


def write_units(units: Path, made: Mapping[str, str], folder: str) -> tuple[str, ...]:
    """Writes `made` (file name -> text), and takes out what else is there for `folder`; the names of that."""
    for name, text in made.items():
        with naming(units / name, "write it"):
            units.mkdir(parents=True, exist_ok=True)
            replace(units / name, text.encode(), mode=0o644)
    return remove_units(units, folder, frozenset(made))


def remove_units(units: Path, folder: str, but: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Takes out the units for `folder`, their timers and what enabled them; the names of those that went."""
    services = (file.name for file in sorted(units.glob("publish-*.service")) if _is_for(file, folder))
    names = [each for name in services for each in (name, f"{name.removesuffix('.service')}.timer")]
    gone = [name for name in names if name not in but and (units / name).exists()]
    for name in gone:
        for file in (*units.glob(f"*.wants/{name}"), units / name):
            with naming(file, "remove it"):
                file.unlink(missing_ok=True)
    return tuple(gone)


def _is_for(file: Path, folder: str) -> bool:
    with suppress(OSError, UnicodeDecodeError):
        return works_in(file.read_text("utf-8"), folder)
    return False
