"""Entries -> every file of the site, in memory, with the findings that only the whole can show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from publisher.arrange.order import Lineup, Reason, clashes, line_up
from publisher.arrange.resolve import Resolved, atlas, check_links, resolve, wanted_files
from publisher.errors import Problems
from publisher.feeds.rss import rss
from publisher.model import Entry, Finding, Output
from publisher.newsletter.page import page as newsletter_page
from publisher.site.pages import pages
from publisher.site.sitemap import robots, sitemap
from publisher.store.assets import asset, asset_exists
from publisher.store.outputs import refuse_paths
from publisher.store.templates import load
from publisher.templating import environment
from publisher.work.issues import current_issues
from publisher.work.place import Place, named


@dataclass(frozen=True, slots=True)
class Choice:
    """What to publish: everything dated up to `now`, and drafts or future articles if asked for."""

    now: datetime
    drafts: bool = False
    future: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """The whole site. `entries` are those published, newest first; `issues` the days with a newsletter page."""

    entries: tuple[Entry, ...]
    withheld: tuple[tuple[Entry, Reason], ...]
    outputs: tuple[Output, ...]
    issues: tuple[str, ...]
