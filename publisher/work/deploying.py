"""A place and the name of a target -> the built site brought there, and what was done."""

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from publisher.content.spelling import nearest
from publisher.deploy.folder import Folder
from publisher.deploy.git import Branch, Git
from publisher.deploy.plan import RECORD, Local, Plan, make_plan, read_record
from publisher.deploy.rsync import Rsync
from publisher.deploy.ship import Progress, Target, ship
from publisher.errors import PublishError
from publisher.settings import DeployTarget
from publisher.store.failures import naming
from publisher.store.lock import hold
from publisher.store.manifest import finished_manifest
from publisher.store.places import check_output
from publisher.work.place import Place

_KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")


@dataclass(frozen=True, slots=True)
class Deployed:
    """What a deployment did, or would do. `commit` is that of a branch, if one was made."""

    target: DeployTarget
    plan: Plan
    commit: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """`rehearse`: change nothing; `everything`: send also what the target should have already."""

    rehearse: bool = False
    everything: bool = False


def chosen(place: Place, name: str) -> DeployTarget:
    """The target of this name; without a name the only one. Raises PublishError with the names there are."""
    targets = {target.name: target for target in place.publication.deploy}
    if not targets:
        hint = 'add [deploy.live] with kind = "rsync", "git", "s3" or "folder", and to = "…"'
        raise PublishError(place.source or "publish.toml", "no target to deploy to", hint)
    if not name and len(targets) == 1:
        return next(iter(targets.values()))
    if name not in targets:
        message = f"there is no target {name!r}" if name else "which target?"
        raise PublishError(
            "publish deploy", message, nearest(name, list(targets)) or f"there are {', '.join(targets)}"
        )
    return targets[name]


def deploy(
    place: Place, target: DeployTarget, wish: Wish, environment: Mapping[str, str], progress: Progress
) -> Deployed:
    """Sends what differs, deletes what an earlier deployment sent and the site has no more.

    Raises PublishError (no finished build, a target that cannot be), Unavailable (try again later),
    Locked while a build is under way.
    """
    with hold(place.state / "lock"):
        local = built_files(place)
        if target.kind == "git":
            return _to_branch(place, target, local, wish)
        remote = _target(place, target, environment)
        plan = _plan(target, remote.read, local, wish)
        if not wish.rehearse:
            ship(plan, remote, progress)
        return Deployed(target, plan)


def built_files(place: Place) -> tuple[Local, ...]:
    """The files of the last build, with their digests. Raises PublishError where none was finished."""
    manifest = finished_manifest(place.output, place.publication.output)
    return tuple(_local(place.output, path) for path in sorted(manifest.files))


def _local(root: Path, path: str) -> Local:
    with naming(f"{root.name}/{path}", "read it"):
        content = (root / path).read_bytes()
    return Local(path, len(content), hashlib.sha256(content).hexdigest())


def _plan(
    target: DeployTarget, read: Callable[[str], bytes | None], local: tuple[Local, ...], wish: Wish
) -> Plan:
    return make_plan(local, read_record(f"{target.name}: {RECORD}", read(RECORD)), wish.everything)


def _to_branch(place: Place, target: DeployTarget, local: tuple[Local, ...], wish: Wish) -> Deployed:
    git = Git(Branch(place.root.resolve(), place.output.resolve(), target.to, target.branch))
    plan = _plan(target, git.read, local, wish)
    if wish.rehearse or plan.idle:
        return Deployed(target, plan)
    message = f"Publish {place.publication.title}: {len(plan.send)} sent, {len(plan.delete)} deleted"
    return Deployed(target, plan, git.commit(plan, message))


def _target(place: Place, target: DeployTarget, environment: Mapping[str, str]) -> Target:
    if not target.to.strip() or target.to.startswith("-"):
        raise PublishError(f"[deploy.{target.name}]", "`to` does not say where", "see docs/deploying.md")
    site = place.output.resolve()
    if target.kind == "folder":
        return Folder(site, _own_folder(place, target.to))
    if target.kind == "rsync":
        local = ":" not in target.to.partition("/")[0]
        return Rsync(site, str(_own_folder(place, target.to)) if local else target.to)
    return _storage(place, target, environment)


def _own_folder(place: Place, to: str) -> Path:
    """A folder of this machine, seen from the publication; never one that the publication keeps."""
    folder = place.root.resolve() / Path(to).expanduser()
    check_output(place.root, folder, (place.content, place.templates, place.output))
    return folder


def _storage(place: Place, target: DeployTarget, environment: Mapping[str, str]) -> Target:
    """Imported only here: the library is an extra, and large."""
    try:
        s3 = import_module("publisher.deploy.s3")
    except ModuleNotFoundError as error:
        hint = "pip install 'publisher[deploy]'"
        raise PublishError(
            "publish deploy", f"s3 needs {error.name}, which is not installed", hint
        ) from error
    keys = secrets(place, target, environment)
    bucket, _, prefix = target.to.removeprefix("s3://").strip("/").partition("/")
    made: Target = s3.S3(
        place.output.resolve(), s3.Bucket(bucket, prefix, target.endpoint, target.region, keys)
    )
    return made


def secrets(place: Place, target: DeployTarget, environment: Mapping[str, str]) -> dict[str, str]:
    """The keys from the environment, else from the file `secrets` (lines `NAME=value`); never shown."""
    keys = {name: environment[name] for name in _KEYS if environment.get(name)}
    if target.secrets and not keys:
        file = place.root / Path(target.secrets).expanduser()
        with naming(file, "read it"):
            if file.stat().st_mode & 0o077 and os.name == "posix":
                raise PublishError(
                    str(file), "others may read this file of keys", f"chmod 600 {target.secrets}"
                )
            pairs = (line.partition("=") for line in file.read_text("utf-8").splitlines())
        keys = {name.strip(): value.strip().strip("\"'") for name, _, value in pairs if name.strip() in _KEYS}
    if missing := [name for name in _KEYS[:2] if name not in keys]:
        hint = "set it in the environment, or in the file that `secrets` names"
        raise PublishError(f"[deploy.{target.name}]", f"{missing[0]} is missing", hint)
    return keys
