"""`publish check`: what is wrong with articles, and the fixes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from publisher.cli.findings import FORMATS, Located, as_format
from publisher.cli.options import now_option, open_here, speaking, strict_option
from publisher.cli.terminal import Terminal, counted, faint, good, strong, visible
from publisher.content.kinds import kind_of
from publisher.model import Finding
from publisher.work.checking import Checked, check_all, default_choice, diff, fix
from publisher.work.place import Place
from publisher.work.site import Site

EXAMPLES = """\b
Examples:
  publish check
  publish check content/inbox/scraped.txt --diff
  publish check --fix
  publish check --strict --diff
  publish check --report report.html
  publish check --links --external
  publish check --output-format github"""


@click.command("check", epilog=EXAMPLES)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--fix", "mend", is_flag=True, help="Rewrite the files; the originals are kept for `restore`.")
@click.option("--unsafe-fixes", is_flag=True, help="Fix what is likely, too, not only what is sure.")
@click.option("--diff", "show_diff", is_flag=True, help="Show what --fix would change, on stdout.")
@click.option("--output-format", type=click.Choice(FORMATS), default="text", help="How findings are printed.")
@click.option(
    "--report",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a page that shows original and cleaned text side by side.",
)
@click.option("--links", "only_links", is_flag=True, help="Only links, anchors and pictures.")
@click.option(
    "--external", is_flag=True, help="Ask other sites whether the links to them still lead anywhere."
)
@strict_option
@now_option
@speaking
@click.pass_obj
def command(
    terminal: Terminal,
    paths: tuple[Path, ...],
    mend: bool,
    unsafe_fixes: bool,
    show_diff: bool,
    output_format: str,
    report: Path | None,
    only_links: bool,
    external: bool,
    strict: bool,
    now: datetime | None,
) -> int:
    """Show what is wrong with articles and feeds; exit 1 if anything is.

    A star marks what --fix mends. What a build strips by itself is shown as well. Drafts and
    future articles are checked too.
    """
    place, instant = open_here(now, terminal, strict=strict)
    checked, site = check_all(place, paths, default_choice(instant), unsafe_fixes)
    if external:
        checked = _asked_outside(terminal, place, checked, instant)
    if only_links:
        checked = tuple(replace(each, findings=_about_links(each)) for each in checked)
    if report:
        from publisher.work.reviewing import write_review

        write_review(place, checked, report)
        terminal.note(f"{good('report')} {report}")
    if show_diff:
        terminal.give("".join(_coloured(diff(place, each)) for each in checked))
        left = [located for each in checked for located in _located(place, each) if not located.fixable]
        terminal.note("".join(as_format("text", left)).rstrip("\n")) if left else None
        return 1 if any(each.findings for each in checked) else 0
    if mend:
        return _mend(terminal, place, checked, output_format)
    findings = [located for each in checked for located in _located(place, each)]
    findings += () if paths or only_links else _of_feeds(place, site)
    terminal.give(as_format(output_format, findings))
    _summary(terminal, findings, checked)
    return 1 if findings else 0


def _asked_outside(
    terminal: Terminal, place: Place, checked: tuple[Checked, ...], now: datetime
) -> tuple[Checked, ...]:
    from publisher.cli.progress import progress
    from publisher.work.external import with_external

    with progress(terminal) as bar:
        return with_external(place, checked, now, bar)


def _of_feeds(place: Place, site: Site) -> Iterator[Located]:
    from publisher.feeds.verify import feed_findings

    yield from (Located(place.source, finding, fixable=False) for finding in site.remarks)
    own = [path for partner in place.publication.feeds for path in partner.paths]
    for path, finding in feed_findings(site.outputs, own):
        if place.publication.clean.wants(finding.code):
            yield Located(f"{place.publication.output}/{path}", finding, fixable=False)


def _about_links(each: Checked) -> tuple[Finding, ...]:
    return tuple(finding for finding in each.findings if finding.code[:2] in {"LK", "IM"})


def _mend(terminal: Terminal, place: Place, checked: tuple[Checked, ...], output_format: str) -> int:
    fixed = fix(place, checked)
    left = [located for each in checked for located in _located(place, each) if not located.fixable]
    terminal.give(as_format(output_format, left))
    for path in fixed.changed:
        terminal.note(f"{good('fixed')} {path} {faint(f'(publish restore {path} takes it back)')}")
    for path in fixed.refused:
        remark = "its front matter cannot be extended without harm; write the fields by hand"
        terminal.note(f"{click.style('left', fg='yellow')} {path}: {remark}")
    _summary(terminal, left, checked)
    return 1 if left or fixed.refused else 0


def _located(place: Place, each: Checked) -> list[Located]:
    return [Located(place.shown(each.source.path), f, each.fixable(f)) for f in each.findings]


def _summary(terminal: Terminal, findings: list[Located], checked: tuple[Checked, ...]) -> None:
    """Pages, authors and notes are checked, and called by their own name."""
    articles = sum(kind_of(each.source.path) == "article" for each in checked)
    others = len(checked) - articles
    looked = counted(articles, "article") + (f" and {counted(others, 'page')}" if others else "")
    if not findings:
        terminal.note(f"{good('nothing found')} in {looked}")
        return
    files = min(len({each.path for each in findings}), len(checked))  # feeds and the configuration, too
    fixable = sum(each.fixable for each in findings)
    hint = f"; {fixable} can be mended with --fix" if fixable else ""
    terminal.note(f"{strong(counted(len(findings), 'finding'))} in {files} of {looked}{hint}")


def _coloured(text: str) -> str:
    colours = {"+": "green", "-": "red", "@": "cyan"}
    return "".join(
        click.style(line, fg=colours[line[0]]) if line[:1] in colours else line
        for line in visible(text).splitlines(keepends=True)
    )
