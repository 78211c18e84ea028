"""Template texts and values in, finished text out; a mistake in a template is an error with file and line.

One environment for pages and mails: autoescape is always on, undefined names are errors. Content is
only ever a value, never a template.
"""

import re
import traceback
from collections.abc import Callable, Container, Iterable, Mapping, MutableMapping
from difflib import get_close_matches
from typing import Any

from jinja2 import BaseLoader, BytecodeCache, Environment, StrictUndefined, TemplateNotFound
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.nodes import Expr
from markupsafe import Markup, escape

from publisher.errors import PublishError
from publisher.keying import Key, Unsure, attempt, digest
from publisher.model import Output, Template

Keep = Callable[[bytes], Callable[[], bytes]]
_SPECIAL = re.compile("[&<>\"']")


class _Texts(BaseLoader):
    """Serves templates from memory. The publication's own hide the theme's of the same name."""

    def __init__(self, templates: Mapping[str, Template]) -> None:
        self._templates = templates

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        try:
            found = self._templates[template]
        except KeyError:
            raise TemplateNotFound(template) from None
        return found.text, found.origin, lambda: True

    def list_templates(self) -> list[str]:
        return sorted(self._templates)

    def digest(self) -> bytes:
        """Of all texts by their names."""
        return digest({name: each.text for name, each in self._templates.items()})


class _Writer(CodeGenerator):
    """Compiles templates as Jinja does, but for the function that escapes values: `Quick.quoted`."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.quoted(")


class Quick(Environment):
    """What is done for each value and each part of a page costs little."""

    code_generator_class = _Writer

    @staticmethod
    def quoted(value: object) -> str:
        """The value as HTML. Most texts stay as they are, which is sooner seen than said in Markup."""
        return value if type(value) is str and not _SPECIAL.search(value) else escape(value)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """As jinja2.Environment has it, but one map instead of two where a template adds nothing."""
        return super().make_globals(d) if d else self.globals


class Postponing(Quick):
    """The environment of a preview: a page is made when somebody asks for it, not before."""


class Later(Output):
    """A file of the site whose content is made when it is first asked for; it raises what making raises."""

    __slots__ = ("_away", "_content", "_digest", "_key", "_make", "_size")
    _make: Callable[[], bytes]
    _digest: bytes | None
    _key: Key
    _content: bytes | None
    _away: bool
    _size: int

    def __init__(self, path: str, make: Callable[[], bytes], key: Key = bytes) -> None:
        named = (("_content", None), ("_digest", None), ("_away", False))
        for name, value in (*named, ("path", path), ("_make", make), ("_key", key)):
            object.__setattr__(self, name, value)  # Output is frozen

    def key(self, looked_up: tuple[str, ...]) -> bytes:
        """Of all that its content depends on: with equal keys it is equal. Empty where nobody can say.

        `looked_up` are the names that it looks up while it is made, as an earlier build came to know.
        """
        if self._digest is None:
            object.__setattr__(self, "_digest", attempt(self._key))
        return self._digest or b""

    @property
    def looked_up(self) -> tuple[str, ...]:
        """Known once it is made."""
        return ()

    @property
    def content(self) -> bytes:
        if self._away:
            return self._make()
        if self._content is None:
            object.__setattr__(self, "_content", self._make())
        return self._content or b""

    def put_away(self, keep: Keep) -> None:
        """Its content is made and kept elsewhere; what it was made from is let go of."""
        made = self.content
        named = (("_make", keep(made)), ("_content", None), ("_away", True), ("_size", len(made)))
        for name, value in named:
            object.__setattr__(self, name, value)

    @property
    def size(self) -> int:
        """Of its content, in bytes; what is put away need not be read for it."""
        return self._size if self._away else len(self.content)


def produce(made: Environment, path: str, make: Callable[[], bytes], key: Key | None = None) -> Output:
    """The file at `path`. In a preview, or with a `key`, its content is made on demand."""
    if isinstance(made, Postponing):
        return Later(path, make)
    return Later(path, make, key) if key else Output(path, make())


def finish(outputs: Iterable[Output], but: Container[str] = (), keep: Keep | None = None) -> None:
    """Makes all files that are not made yet, except those at the paths `but`. Raises PublishError.

    `keep` holds their contents meanwhile; without it, memory does.
    """
    for output in outputs:
        if isinstance(output, Later) and output.path not in but:
            if keep:
                output.put_away(keep)
            else:
                _ = output.content


def texts(made: Environment) -> bytes:
    """A digest of all templates, the theme's and the publication's own. Raises Unsure."""
    if not isinstance(made.loader, _Texts):
        raise Unsure("templates of unknown origin")
    return made.loader.digest()


def environment(
    templates: Mapping[str, Template],
    kind: type[Environment] = Quick,
    compiled: BytecodeCache | None = None,
) -> Environment:
    """The one Jinja environment. The filter `html` is the only way past the escape, for sanitised HTML.

    `compiled` remembers what templates compile to; it notices by itself when a text is another.
    """
    made = kind(
        loader=_Texts(templates),
        bytecode_cache=compiled,
        # The texts stay as they are as long as the environment lives.
        auto_reload=False,
        cache_size=-1,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["html"] = Markup
    del made.filters["safe"]
    return made


def fill(made: Environment, name: str, values: Mapping[str, object]) -> str:
    """The template `name` with `values`.

    Raises PublishError with the template's file and line: a mistake in its syntax, an unknown
    template or variable, any error while it runs.
    """
    try:
        return made.get_template(name).render(values)
    except TemplateSyntaxError as error:
        where = f"{error.filename or error.name}:{error.lineno}"
        raise PublishError(where, f"template: {error.message}") from error
    except TemplateNotFound as error:
        missing = str(error.name)
        hint = _nearest(made, missing)
        raise PublishError(_place(made, name, error), f"there is no template {missing!r}", hint) from error
    except UndefinedError as error:
        hint = "if this was copied from an older theme, copy the present one and change that"
        raise PublishError(_place(made, name, error), f"template: {error.message}", hint) from error
    except TemplateError as error:
        raise PublishError(_place(made, name, error), f"template: {error.message}") from error
    except RecursionError as error:
        raise PublishError(
            _place(made, name, error), "template: it includes or calls itself without end"
        ) from error
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise PublishError(_place(made, name, error), f"template: {error}") from error


def _place(made: Environment, name: str, error: BaseException) -> str:
    """The innermost template line in the traceback; Jinja rewrites frames to the template's file."""
    origins = {origin for each in made.list_templates() if (origin := _origin(made, each))}
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename in origins]
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else (_origin(made, name) or name)


def _origin(made: Environment, name: str) -> str | None:
    known = made.loader is not None and name in made.list_templates()
    return made.loader.get_source(made, name)[1] if made.loader and known else None


def _nearest(made: Environment, name: str) -> str:
    near = get_close_matches(name, made.list_templates(), 1)
    return f"did you mean {near[0]!r}?" if near else "it is neither in templates/ nor in the theme"
