"""What a rule saw in -> a finding. The few shapes that findings have."""

from collections.abc import Sequence

from publisher.model import Edit, Finding, Line


def drop(code: str, line: Line, message: str, confidence: float) -> Finding:
    """The line leaves the article."""
    return Finding(code, (line.number,), message, confidence, Edit())


def move(code: str, lines: Sequence[Line], target: tuple[str, str], confidence: float) -> Finding:
    """The lines leave the body; what they state goes to a front-matter field. `target` is (field, value)."""
    field, value = target
    message = f"{field} stated in the text: {value}"
    numbers = tuple(line.number for line in lines)
    return Finding(code, numbers, message, confidence, Edit(field=field, value=value))


def change(code: str, line: Line, text: str, message: str, confidence: float = 1.0) -> Finding:
    """The line reads differently from now on."""
    return Finding(code, (line.number,), message, confidence, Edit((text,)))


def quote(text: str, length: int = 60) -> str:
    """The beginning of a line, for a message."""
    short = " ".join(text.split())
    return f'"{short}"' if len(short) <= length else f'"{short[: length - 1].rstrip()}…"'
