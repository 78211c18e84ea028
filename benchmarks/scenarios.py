"""What happens to a builder's site between two builds, by name."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks import corpus
from benchmarks.builders import Builder, environment
from benchmarks.processes import Cost, Run


@dataclass(frozen=True, slots=True)
class Bench:
    """A builder's site on disk, of so many articles; `spare` is where old outputs go.

    No run takes longer than `limit` seconds.
    """

    builder: Builder
    folder: Path
    spare: Path
    articles: int
    limit: float = 3600.0

    def run(self) -> Cost:
        log = self.folder.parent / f"{self.builder.name}.log"
        return Run(self.builder.command, self.folder, environment(self.builder), log, self.limit).cost()

    def tidy(self) -> None:
        """Removes what lay aside, at the end of a round: to remove it slows down what is built next."""
        shutil.rmtree(self.spare / self.builder.name, ignore_errors=True)


Change = Callable[[Bench, int], None]


def _cold(bench: Bench, turn: int) -> None:
    bench.builder.clear(bench.folder, bench.spare / bench.builder.name / str(turn))


def _nothing(_bench: Bench, _turn: int) -> None:
    return


def _body(bench: Bench, turn: int) -> None:
    made = corpus.article(bench.articles // 2, bench.articles, 0)
    bench.builder.put(bench.folder, made.path, f"{made.text}\nOne more paragraph, added in turn {turn}.\n")


def _title(bench: Bench, turn: int) -> None:
    made = corpus.article(bench.articles // 3, bench.articles, 0)
    head, _, rest = made.text.partition('"\n')
    bench.builder.put(bench.folder, made.path, f'{head} {turn}"\n{rest}')


def _added(bench: Bench, turn: int) -> None:
    made = _new(bench, turn)
    bench.builder.put(bench.folder, made.path, made.text)


def _deleted(bench: Bench, turn: int) -> None:
    (bench.folder / "content" / _new(bench, turn).path).unlink()


def _new(bench: Bench, turn: int) -> corpus.Made:
    return corpus.article(bench.articles + turn, bench.articles + turn, 0)


def _template(bench: Bench, turn: int) -> None:
    base = bench.folder / bench.builder.base
    base.write_text(base.read_text("utf-8").replace("</body>", f"<!-- {turn} --></body>"), "utf-8")


SCENARIOS: Mapping[str, Change] = {
    "cold": _cold,
    "nothing changed": _nothing,
    "one body edited": _body,
    "one title edited": _title,
    "one article added": _added,
    "one article deleted": _deleted,
    "base template edited": _template,
}
