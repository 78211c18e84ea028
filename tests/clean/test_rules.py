"""Every rule: it is registered, explains itself, fires where it should and holds back where it must."""

import importlib
import re
from pathlib import Path

import pytest

from publisher.clean import rules
from publisher.clean.rule import Rule, define
from publisher.clean.rules import PASSES, RULES
from publisher.model import FrontMatter, Origin
from publisher.settings import CleanSettings
from tests.clean.build import CASES, Case, cases, cleaned, illustrated, written

REPORTS = {
    "missing-title",
    "nothing-left",
    "other-language",
}  # these report by default, they do not change


def rule_cases() -> list[tuple[Rule, Case]]:
    return [(rule, case) for rule in RULES for case in cases(CASES / f"{rule.name.replace('-', '_')}.md")]


def front(case: Case) -> FrontMatter:
    known = {
        "(image)": illustrated(),
        "(source)": FrontMatter(source=Origin("Estuary Post")),
        "(german)": FrontMatter(language="de-AT"),
    }
    return known.get(case.name.rpartition(" ")[2], FrontMatter())


def test_every_rule_file_is_registered() -> None:
    files = {path.stem for path in Path(rules.__file__).parent.glob("*.py")} - {"__init__"}
    assert files == {rule.name.replace("-", "_") for rule in RULES}
    for name in files:
        assert importlib.import_module(f"publisher.clean.rules.{name}").RULE in RULES


def test_codes_and_names_are_unique_and_well_formed() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)
    assert all(re.fullmatch(r"(DU|CL|TX|PR|FM|LK)\d{3}", rule.code) for rule in RULES)
    assert sum(len(rules) for rules in PASSES) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_explains_itself(rule: Rule) -> None:
    assert rule.summary
    assert rule.why
    assert rule.fix
    assert rule.example
    assert rule.family == rule.code[:2]


def test_a_rule_without_a_manual_is_refused() -> None:
    with pytest.raises(ValueError, match="CL999"):
        define("CL999", "nameless", "Only a first line.", lambda _: iter(()))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_has_a_case_that_fires_and_one_that_holds_back(rule: Rule) -> None:
    kinds = {case.name.partition(":")[0] for other, case in rule_cases() if other is rule}
    assert kinds == {"fires", "holds"}


@pytest.mark.parametrize(("rule", "case"), rule_cases(), ids=lambda value: getattr(value, "code", str(value)))
def test_case(rule: Rule, case: Case) -> None:
    result = cleaned(case.before, front(case))
    assert written(result) == case.after
    assert written(cleaned(case.before, front(case), CleanSettings(strict=True))) == case.after
    found = [finding for finding in result.findings if finding.code == rule.code]
    if case.name.startswith("holds"):
        assert not any(finding.applied for finding in found)
    else:
        assert any(finding.applied or rule.name in REPORTS for finding in found)
