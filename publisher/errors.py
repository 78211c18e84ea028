"""Problems the author can act on. Everything else is a bug and keeps its traceback."""

from collections.abc import Iterable


class PublishError(Exception):
    """One problem: `where` is a path, `path:line` or a setting; `hint` says how to mend it."""

    exit_code = 2

    def __init__(self, where: str, message: str, hint: str = "") -> None:
        super().__init__(where, message, hint)
        self.where = where
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" + (f" ({self.hint})" if self.hint else "")


class Problems(PublishError):
    """Several problems of one run, shown together in the order of their places."""

    def __init__(self, problems: Iterable[PublishError]) -> None:
        self.problems = tuple(sorted(set(problems), key=_place))
        super().__init__("", f"{len(self.problems)} problems")

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class Locked(PublishError):
    """Another run holds the publication's lock."""

    exit_code = 5


class Unavailable(PublishError):
    """Another machine is down or at fault; the same may work later (EX_TEMPFAIL of sysexits.h)."""

    exit_code = 75


def _place(problem: PublishError) -> tuple[str, int, str]:
    path, _, line = problem.where.rpartition(":")
    return (path, int(line), problem.message) if line.isdigit() else (problem.where, 0, problem.message)
