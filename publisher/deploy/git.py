"""Deploying to a branch of a git repository, without touching the work tree or the index.

Only plumbing is used (gitcore-tutorial(7)): blobs, an index file of our own, a tree, a commit. The branch
moves in one step, and only forward.
"""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from publisher.deploy.plan import RECORD, Plan, write_record
from publisher.deploy.program import Done, Program, masked
from publisher.errors import PublishError, Unavailable

_QUIET = {"GIT_TERMINAL_PROMPT": "0"}
_NEUTRAL = ("-c", "core.hooksPath=/dev/null", "-c", "core.autocrlf=false", "-c", "commit.gpgSign=false")
_ZERO = "0" * 40


@dataclass(frozen=True, slots=True)
class Branch:
    """`remote` is a name or an address; empty for a branch of the repository itself."""

    root: Path
    site: Path
    remote: str
    name: str


class Git:
    """A branch that holds the site. `base` is the commit it stands on; '' while it does not exist."""

    def __init__(self, branch: Branch) -> None:
        self._branch = branch
        self._program = Program("git", branch.root, _QUIET)
        self.base = self._find_base()

    def read(self, path: str) -> bytes | None:
        """A file of the branch as it is."""
        if not self.base:
            return None
        done = self._git(("cat-file", "blob", f"{self.base}:{path}"))
        return done.printed if done.code == 0 else None

    def commit(self, plan: Plan, message: str) -> str:
        """Makes the branch hold what the plan wants; the new commit, or '' when nothing differs."""
        digests = {path: digest for path, digest in plan.before.items() if path not in set(plan.delete)}
        digests |= {each.path: each.digest for each in plan.send}
        tree = self._tree(plan, write_record(digests))
        if self.base and tree == self._ask(("rev-parse", f"{self.base}^{{tree}}")):
            return ""
        parent = ("-p", self.base) if self.base else ()
        commit = self._ask(("commit-tree", tree, *parent, "-m", message), environment=self._author())
        self._move(commit)
        return commit

    def _find_base(self) -> str:
        if self._git(("rev-parse", "--git-dir")).code:
            raise PublishError(str(self._branch.root), "is not in a git repository", "git init makes one")
        branch = f"refs/heads/{self._branch.name}"
        if self._git(("check-ref-format", branch)).code:
            raise PublishError(self._branch.name, "is not a name for a branch")
        base = self._fetched(branch) if self._branch.remote else self._local(branch)
        # A branch that our own work stands on is not one to fill with a built site.
        if base and self._git(("merge-base", "--is-ancestor", base, "HEAD")).code == 0:
            raise PublishError(self._branch.name, "is the branch of the sources", "choose one of its own")
        return base

    def _local(self, branch: str) -> str:
        if self._git(("symbolic-ref", "-q", "HEAD")).printed.decode().strip() == branch:
            raise PublishError(self._branch.name, "is the branch you work on", "choose one of its own")
        return self._git(("rev-parse", "-q", "--verify", f"{branch}^{{commit}}")).printed.decode().strip()

    def _fetched(self, branch: str) -> str:
        listed = self._git(("ls-remote", "--heads", "--", self._branch.remote, branch))
        if listed.code:
            raise self._unreachable(listed)
        if not (found := listed.printed.decode().split()):
            return ""
        done = self._git(
            ("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--", self._branch.remote, branch)
        )
        if done.code:
            raise self._unreachable(done)
        return found[0]

    def _tree(self, plan: Plan, record: bytes) -> str:
        """The tree of the base without what goes, with what is sent and the record."""
        paths = [str(self._branch.site / each.path) for each in plan.send]
        blobs = self._ask(("hash-object", "-w", "--no-filters", "--stdin-paths"), "\n".join(paths).encode())
        kept = self._ask(("hash-object", "-w", "--no-filters", "--stdin"), record)
        lines = [f"0 {_ZERO}\t{path}" for path in plan.delete]
        named = zip(blobs.split(), [each.path for each in plan.send], strict=True)
        lines += [f"100644 {blob}\t{path}" for blob, path in (*named, (kept, RECORD))]
        with tempfile.TemporaryDirectory() as folder:
            own = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
            self._ask(("read-tree", self.base) if self.base else ("read-tree", "--empty"), environment=own)
            given = "".join(f"{line}\0" for line in lines).encode()
            self._ask(("update-index", "--replace", "-z", "--index-info"), given, own)
            return self._ask(("write-tree",), environment=own)

    def _move(self, commit: str) -> None:
        branch = f"refs/heads/{self._branch.name}"
        if not self._branch.remote:
            self._ask(("update-ref", "-m", "publish deploy", branch, commit, self.base or _ZERO))
            return
        done = self._git(("push", "--quiet", "--", self._branch.remote, f"{commit}:{branch}"))
        if done.code:
            raise self._unreachable(done)

    def _author(self) -> Mapping[str, str]:
        """Whoever git thinks the user is; where it knows nobody, the program."""
        if self._git(("var", "GIT_COMMITTER_IDENT")).code == 0:
            return {}
        names = {f"GIT_{role}_NAME": "publish" for role in ("AUTHOR", "COMMITTER")}
        return names | {f"GIT_{role}_EMAIL": "publish@localhost" for role in ("AUTHOR", "COMMITTER")}

    def _ask(self, arguments: Sequence[str], given: bytes = b"", environment: Mapping[str, str] = {}) -> str:
        done = self._git(arguments, given, environment)
        if done.code:
            raise PublishError(f"git {arguments[0]}", done.last)
        return done.printed.decode().strip()

    def _git(self, arguments: Sequence[str], given: bytes = b"", environment: Mapping[str, str] = {}) -> Done:
        program = Program("git", self._program.folder, {**_QUIET, **environment})
        return program.run((*_NEUTRAL, *arguments), given)

    def _unreachable(self, done: Done) -> PublishError:
        hint = "nothing has changed there; run publish deploy again"
        return Unavailable(masked(self._branch.remote), f"git: {done.last}", hint)
