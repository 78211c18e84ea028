"""Findings -> text, JSON, GitHub annotations or SARIF. One format at a time, on stdout."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from publisher import __version__
from publisher.clean.families import FAMILIES
from publisher.cli.terminal import code, faint, place, visible
from publisher.model import Finding

FORMATS = ("text", "json", "github", "sarif")


@dataclass(frozen=True, slots=True)
class Located:
    """A finding and the file it is about, as the person at the keyboard names it."""

    path: str
    finding: Finding
    fixable: bool

    @property
    def line(self) -> int:
        return self.finding.lines[0] if self.finding.lines else 1


def as_format(name: str, findings: Iterable[Located]) -> str:
    """All findings in one of FORMATS."""
    makers = {"text": as_text, "json": as_json, "github": as_github, "sarif": as_sarif}
    return makers[name](tuple(findings))


def as_text(findings: tuple[Located, ...]) -> str:
    """`content/x.md:12: CL002 message [*]`, the star for what `--fix` mends."""
    return "".join(f"{as_line(each)}\n" for each in findings)


def as_line(each: Located) -> str:
    star = faint(" [*]") if each.fixable else ""
    where, message = place(f"{each.path}:{each.line}"), visible(each.finding.message)
    return f"{where}: {code(each.finding.code)} {message}{star}"


def as_evidence(finding: Finding, most: int | None = None) -> str:
    """`0.94 sure: +1.9 not a paragraph, -0.4 a date or time`; "" where a message says it all."""
    if not finding.evidence:
        return ""
    parts = ", ".join(f"{added:+.1f} {visible(words)}" for words, added in finding.evidence[:most])
    return f"{finding.confidence:.2f} sure: {parts}"


def as_json(findings: tuple[Located, ...]) -> str:
    rows = [
        {
            "path": each.path,
            "line": each.line,
            "lines": list(each.finding.lines),
            "code": each.finding.code,
            "family": each.finding.code[:2],
            "message": each.finding.message,
            "confidence": round(each.finding.confidence, 3),
            "applied": each.finding.applied,
            "fixable": each.fixable,
        }
        for each in findings
    ]
    return json.dumps({"schema": 1, "findings": rows}, ensure_ascii=False, indent=2) + "\n"


def as_github(findings: tuple[Located, ...]) -> str:
    """Workflow commands (GitHub Actions documentation, "Setting a warning message")."""
    return "".join(
        f"::warning file={_property(each.path)},line={each.line},title={_property(each.finding.code)}"
        f"::{_data(each.finding.message)}\n"
        for each in findings
    )


def as_sarif(findings: tuple[Located, ...]) -> str:
    """SARIF 2.1.0 (OASIS standard), as code hosts read it."""
    from publisher.clean.catalogue import meaning  # loads all rules, which a build can do without

    codes = sorted({each.finding.code for each in findings})
    driver = {
        "name": "publish",
        "version": __version__,
        "rules": [{"id": c, "shortDescription": {"text": meaning(c).summary}} for c in codes],
    }
    run = {"tool": {"driver": driver}, "results": [_result(each) for each in findings]}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return (
        json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)
        + "\n"
    )


def by_family(findings: Iterable[Finding]) -> list[tuple[str, str, int]]:
    """`(family, what it is, lines)`, the largest first."""
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.code[:2]] = counts.get(finding.code[:2], 0) + len(finding.lines)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(family, FAMILIES.get(family, family).partition(":")[0], count) for family, count in ranked]


def _result(each: Located) -> dict[str, object]:
    region = {"startLine": each.line, "endLine": each.finding.lines[-1] if each.finding.lines else each.line}
    location = {"physicalLocation": {"artifactLocation": {"uri": quote(each.path)}, "region": region}}
    return {
        "ruleId": each.finding.code,
        "level": "warning",
        "message": {"text": each.finding.message},
        "locations": [location],
    }


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
