"""Checked articles -> the review page: one HTML file, original and cleaned side by side."""

import shlex
from collections.abc import Iterable
from pathlib import Path

from publisher.review.view import Examined, sheet, summed
from publisher.store.atomic import replace
from publisher.store.failures import naming
from publisher.templating import fill
from publisher.work.checking import Checked
from publisher.work.place import Place
from publisher.work.site import template_environment


def review_page(place: Place, checked: Iterable[Checked]) -> str:
    """The page. Articles of which nothing was found are only counted."""
    every = tuple(checked)
    publish = "publish" if place.root == Path() else f"publish -C {shlex.quote(str(place.root))}"
    sheets = tuple(
        sheet(Examined(place.shown(each.source.path), each.article(), each.cleaned(), each.findings), publish)
        for each in every
        if each.findings
    )
    values = {
        "publication": place.publication,
        "sheets": sheets,
        "families": summed(sheets),
        "articles": len(every),
    }
    return fill(template_environment(place), "report.html", values)


def write_review(place: Place, checked: Iterable[Checked], file: Path) -> None:
    """The page in a file. Raises PublishError where it cannot be written."""
    page = review_page(place, checked).encode()
    with naming(file, "write it"):
        replace(file, page)
