"""The stamps of all files that a build read and wrote -> whether a build now would do anything at all.

It decides before anything else is loaded, so it imports next to nothing. A stamp is a file's size, its
times and its number: what writes to a file, moves another to its place or changes its rights also changes
its ctime, which no program can set. `.publish/last-build` may be deleted at any time.
"""

import os

_NAME = "last-build"
_HEAD = b"publish: the last build, 1"
# A write in the same tick of the kernel's clock as the look at a file could leave its stamp as it was.
_TICK = 100_000_000  # nanoseconds
_COMPILED = "__pycache__"
_END = b"\0"


class Reading:
    """What a build in `folder` is about to read: the files at and below `roots`, as they are now.

    Roots are absolute, or relative to the folder. `moment`: nanoseconds since 1970, before the look.
    """

    __slots__ = ("_own", "moment", "roots", "stamps")

    def __init__(self, folder: str, roots: tuple[str, ...], moment: int) -> None:
        self.roots, self.moment = roots, moment
        self.stamps = _read(folder, roots)
        self._own: tuple[bytes, ...] = ()

    def look_again(self, folder: str, names: tuple[str, ...]) -> None:
        """The build itself has written these roots, under a lock that keeps all others from writing them."""
        self._own = tuple(os.fsencode(name) for name in names)
        new = {name: os.fsencode(_line(name, os.path.join(folder, name))) for name in names}  # noqa: PTH118
        known = {os.fsencode(name): line for name, line in new.items()}
        lines = self.stamps.split(b"\n")
        self.stamps = b"\n".join(known.get(line.split(b"\t")[0], line) for line in lines)

    @property
    def settled(self) -> bool:
        """Whether every file is so much older than the look that a later write must show."""
        fields = (line.split(b"\t") for line in self.stamps.split(b"\n"))
        others = (each for each in fields if len(each) > 2 and each[0] not in self._own)
        newest = (max(int(each[2]), int(each[3])) for each in others)
        return max(newest, default=0) < self.moment - _TICK


class Writing:
    """The outputs at `paths` below `root` (absolute, or relative to `folder`), as they are now.

    `known`: size and time (nanoseconds) of those that the build has looked at already.
    """

    __slots__ = ("paths", "root", "stamps")

    def __init__(
        self, folder: str, root: str, paths: tuple[str, ...], known: dict[str, tuple[int, int]]
    ) -> None:
        self.root, self.paths = root, paths
        self.stamps = _written(os.path.join(folder, root), paths, known)  # noqa: PTH118 - see the module's text


def forget(state: str) -> None:
    """A build begins: what the last one left is no longer sure. `state` is the folder `.publish`."""
    try:
        os.unlink(f"{state}/{_NAME}")  # noqa: PTH108
    except OSError:
        return


def remember(
    state: str, circumstances: str, span: tuple[float, float], files: tuple[Reading, Writing], said: bytes
) -> None:
    """Keeps what a build read, wrote and `said`; raises OSError.

    The `circumstances` are all else that decides what it makes; it holds in the `span` of seconds since
    1970, whose end is when the next article is due.
    """
    reading, writing = files
    if not reading.settled:
        return
    texts = (circumstances, repr(span[0]), repr(span[1]), "\n".join(reading.roots), writing.root)
    parts = [_HEAD, *(os.fsencode(text) for text in texts), reading.stamps]
    parts += [os.fsencode("\n".join(writing.paths)), writing.stamps, said]
    fresh = f"{state}/{_NAME}.new"
    with open(fresh, "wb") as file:  # noqa: PTH123
        file.write(_END.join(parts))
    os.replace(fresh, f"{state}/{_NAME}")  # noqa: PTH105


def nothing_new(folder: str, circumstances: str, now: float) -> bytes | None:
    """What the last build of the publication in `folder` said, if a build now would leave all as it is."""
    try:
        with open(f"{folder}/.publish/{_NAME}", "rb") as file:  # noqa: PTH123
            head, *parts = file.read().split(_END, 9)
        if head != _HEAD or os.fsdecode(parts[0]) != circumstances:
            return None
        since, until, (roots, root) = float(parts[1]), float(parts[2]), map(os.fsdecode, parts[3:5])
        if not since <= now < until or _read(folder, tuple(roots.split("\n"))) != parts[5]:
            return None
        paths = tuple(os.fsdecode(parts[6]).split("\n"))
        if _written(os.path.join(folder, root), paths, {}) != parts[7]:  # noqa: PTH118
            return None
        return parts[8]
    except (OSError, ValueError, IndexError):
        return None


def _read(folder: str, roots: tuple[str, ...]) -> bytes:
    """A line for each file at or below the roots, and each root that is missing.

    Hidden files below a root do not count, nor does what Python compiles for itself.
    """
    lines: list[str] = []
    folders: list[str] = []
    for root in roots:
        path = os.path.join(folder, root)  # noqa: PTH118
        if os.path.isdir(path):  # noqa: PTH112
            folders.append(root)
        else:
            lines.append(_line(root, path))
    while folders:
        inside = folders.pop()
        place = _open(os.path.join(folder, inside))  # noqa: PTH118
        try:
            with os.scandir(place) as entries:  # by its number, names in it are found without a path
                for entry in entries:
                    if entry.name[0] == "." or entry.name == _COMPILED:
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(f"{inside}/{entry.name}")
                    else:
                        lines.append(_line(f"{inside}/{entry.name}", entry))
        finally:
            os.close(place)
    return os.fsencode("\n".join(lines))


def _line(name: str, file: "str | os.DirEntry[str]") -> str:
    try:
        status = os.stat(file) if isinstance(file, str) else file.stat()  # noqa: PTH116
    except OSError:  # missing, or a link to nowhere
        return f"{name}\tmissing"
    return f"{name}\t{status.st_size}\t{status.st_mtime_ns}\t{status.st_ctime_ns}\t{status.st_ino}"


def _written(root: str, paths: tuple[str, ...], known: dict[str, tuple[int, int]]) -> bytes:
    place = _open(root)
    try:
        lines = [b"%d\t%d" % known[path] if path in known else _output(path, place) for path in paths]
        return b"\n".join(lines)
    finally:
        os.close(place)


def _open(folder: str) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)


def _output(path: str, place: int) -> bytes:
    try:
        status = os.stat(path, dir_fd=place, follow_symlinks=False)
    except OSError:
        return b"missing"
    return b"%d\t%d" % (status.st_size, status.st_mtime_ns)
