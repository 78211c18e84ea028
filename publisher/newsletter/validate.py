"""MJML source -> every mistake in it, each with its place in the source.

Our own check, since mjml-python passes most mistakes on in silence: unknown tags come out as they are,
wrong nesting and closing tags, illegal attributes and units are not seen at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from publisher.newsletter.grammar import Component, Grammar, complaint, grammar
from publisher.newsletter.tokens import Attribute, Token, tokens

# HTML elements without content or end tag (HTML Living Standard, 13.1.2).
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_ONCE = ("mj-head", "mj-body")
# Mail programs drop them, and filters take a mail that has them for an attack.
_NEVER = frozenset(
    (
        *("audio", "base", "button", "embed", "form", "frame", "iframe", "input", "link", "object", "script"),
        *("select", "textarea", "video"),
    )
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake: where it stands in the source, what is wrong, how to mend it."""

    offset: int
    message: str
    hint: str = ""


@dataclass(slots=True)
class _State:
    """What is open while the source is read from top to bottom, and what has been seen."""

    open: list[Token] = field(default_factory=list)
    seen: dict[str, Token] = field(default_factory=dict)
    classes: set[str] = field(default_factory=set)
    styled: list[Attribute] = field(default_factory=list)

    @property
    def parent(self) -> str:
        return self.open[-1].name if self.open else ""

    def holder(self, known: Grammar) -> str:
        """The nearest open component; HTML elements lie inside of it."""
        return next((each.name for each in reversed(self.open) if each.name in known.components), "")


def faults(source: str) -> tuple[Fault, ...]:
    """All mistakes of an MJML document, in the order of their places; empty when there is none."""
    known, state = grammar(), _State()
    found: list[Fault] = []
    for token in tokens(source):
        if token.kind == "close":
            found += _close(token, state)
        elif token.kind == "text":
            found += _text(token, state, known)
        elif token.kind == "stray":
            found.append(Fault(token.offset, f"no tag begins with {token.name!r}", "a < in text is &lt;"))
        else:
            found += _open(token, state, known)
    found += [_unclosed(token) for token in state.open]
    found += _whole(state)
    return tuple(sorted(found, key=lambda fault: fault.offset))


def _open(token: Token, state: _State, known: Grammar) -> Iterator[Fault]:
    component = known.components.get(token.name)
    if component is None and (token.name.startswith("mj") or not state.open):
        yield _unknown(token, known)
    elif component is None:
        yield from _html(token, state, known)
    else:
        yield from _placed(token, state, component, known)
        yield from _attributes(token, component, defaults=state.parent == "mj-attributes")
    if token.name in state.seen and token.name in {"mjml", *_ONCE}:
        yield Fault(token.offset, f"a second <{token.name}>", "there is one in a mail")
    state.seen.setdefault(token.name, token)
    _remember(token, state)
    if token.kind == "open" and token.name not in _VOID:
        state.open.append(token)


def _unknown(token: Token, known: Grammar) -> Fault:
    if why := known.refused.get(token.name):
        return Fault(token.offset, f"<{token.name}> cannot be used", why)
    near = get_close_matches(token.name, known.components, 1)
    return Fault(token.offset, f"there is no <{token.name}>", f"did you mean <{near[0]}>?" if near else "")


def _html(token: Token, state: _State, known: Grammar) -> Iterator[Fault]:
    holder = state.holder(known)
    if holder and known.components[holder].holds != "html":
        hint = "" if known.components[holder].holds == "text" else "HTML stands in <mj-text> or <mj-raw>"
        yield Fault(token.offset, f"<{token.name}> may not stand in <{holder}>", hint)
    if token.name in _NEVER:
        yield Fault(token.offset, f"<{token.name}> does nothing in a mail", "link to a page that has it")
    names = [each.name for each in token.attributes]
    for each in token.attributes:
        if each.name.startswith("on") or (each.value or "").strip().startswith(("data:", "javascript:")):
            yield Fault(each.offset, f"{each.name} of <{token.name}> does nothing in a mail")
    for twice in sorted({name for name in names if names.count(name) > 1}):
        yield Fault(token.offset, f"<{token.name}> says {twice} twice")
    if token.name == "img" and "alt" not in names:
        yield Fault(token.offset, "<img> without alt", 'a picture that says nothing has alt=""')


def _placed(token: Token, state: _State, component: Component, known: Grammar) -> Iterator[Fault]:
    if state.parent in component.inside or (token.name == "mjml" and not state.open):
        return
    if state.parent == "mj-attributes" and token.name in known.components:
        return
    if state.open and state.parent not in known.components and state.parent.startswith("mj"):
        return  # its parent is the mistake
    outside = f"in <{state.parent}>" if state.open else "outside of <mjml>"
    places = ", ".join(f"<{each}>" for each in component.inside)
    hint = f"it stands in {places}" if places else "it is the whole mail"
    yield Fault(token.offset, f"<{token.name}> may not stand {outside}", hint)


def _attributes(token: Token, component: Component, *, defaults: bool) -> Iterator[Fault]:
    names = [each.name for each in token.attributes]
    for attribute in token.attributes:
        yield from _attribute(token, attribute, component)
        if names.count(attribute.name) > 1 and attribute is token.attributes[names.index(attribute.name)]:
            yield Fault(attribute.offset, f"<{token.name}> says {attribute.name} twice")
    for name in component.required:
        if name not in names and not defaults:
            yield Fault(token.offset, f"<{token.name}> needs {name}")


def _attribute(token: Token, attribute: Attribute, component: Component) -> Iterator[Fault]:
    name, value = attribute.name, attribute.value
    kind = component.attributes.get(name)
    if kind is None:
        near = get_close_matches(name, component.attributes, 1)
        hint = f"did you mean {near[0]}?" if near else ""
        yield Fault(attribute.offset, f"<{token.name}> has no attribute {name!r}", hint)
    elif value is None:
        yield Fault(attribute.offset, f"{name} of <{token.name}> has no value", f'write {name}="…"')
    elif wrong := complaint(kind, value.strip()):
        yield Fault(attribute.offset, f"{name}={value!r} of <{token.name}> is wrong", wrong)


def _text(token: Token, state: _State, known: Grammar) -> Iterator[Fault]:
    holder = state.holder(known)
    if holder and known.components[holder].holds in {"html", "text"}:
        # mrml stops or panics at a bare > in such a text.
        if "]]>" in token.name or (">" in token.name and not token.name.isascii()):
            at = token.offset + token.name.index(">")
            yield Fault(at, "a bare > beside letters that are not ASCII", "write &gt;, in styles only ASCII")
        return
    if any(each.name.startswith("mj") and each.name not in known.components for each in state.open):
        return  # the unknown component is the mistake
    words = token.name if len(token.name) <= 30 else token.name[:29] + "…"
    where = f"in <{holder}>" if holder else "outside of <mjml>"
    yield Fault(token.offset, f"text may not stand {where}: {words!r}", "text stands in <mj-text>")


def _close(token: Token, state: _State) -> Iterator[Fault]:
    names = [each.name for each in state.open]
    if token.name not in names:
        extra = "it has no end tag" if token.name in _VOID else ""
        yield Fault(token.offset, f"</{token.name}> closes nothing", extra)
        return
    while state.open[-1].name != token.name:
        yield _unclosed(state.open.pop())
    state.open.pop()


def _unclosed(token: Token) -> Fault:
    return Fault(token.offset, f"<{token.name}> is not closed", f"write </{token.name}>")


def _remember(token: Token, state: _State) -> None:
    for attribute in token.attributes:
        if token.name == "mj-class" and attribute.name == "name":
            state.classes.add(attribute.value or "")
        elif token.name.startswith("mj-") and attribute.name == "mj-class":
            state.styled.append(attribute)


def _whole(state: _State) -> Iterator[Fault]:
    """What can be said only at the end: a part is missing, a class was never defined."""
    root = state.seen.get("mjml")
    if root is None:
        yield Fault(0, "no <mjml>", "a mail is <mjml><mj-head>…</mj-head><mj-body>…</mj-body></mjml>")
        return
    if "mj-body" not in state.seen:
        yield Fault(root.offset, "no <mj-body>", "without it the mail is empty")
    for attribute in state.styled:
        for name in (attribute.value or "").split():
            if name not in state.classes:
                near = get_close_matches(name, state.classes, 1)
                hint = f"did you mean {near[0]!r}?" if near else "define it by <mj-class> in <mj-attributes>"
                yield Fault(attribute.offset, f"there is no mj-class {name!r}", hint)
