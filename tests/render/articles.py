"""Articles as the cleaner hands them over, made from a text."""

from html.parser import HTMLParser

from publisher.model import Article, FrontMatter, Line
from publisher.render.body import Body, render_body
from publisher.render.tags import ALLOWED


def article(text: str, path: str = "news/ferry.md", first: int = 1) -> Article:
    lines = tuple(Line(number, line) for number, line in enumerate(text.split("\n"), first))
    return Article(path, FrontMatter(), lines)


def body(text: str) -> Body:
    return render_body(article(text))


def codes(made: Body) -> list[str]:
    return [finding.code for finding in made.findings]


class Oracle(HTMLParser):
    """Judges HTML by another parser than the sanitiser's, and by rules written down anew."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.complaints: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.complaints.append(f"<{tag}>")
        for key, value in attrs:
            if key.startswith("on") or key in (
                "style",
                "srcset",
                "srcdoc",
                "target",
                "formaction",
                "data-line",
            ):
                self.complaints.append(f"{tag} {key}")
            if key in ("href", "src") and not self._harmless(value or ""):
                self.complaints.append(f"{tag} {key}={value}")
        if len({key for key, _ in attrs}) != len(attrs):
            self.complaints.append(f"{tag}: an attribute twice")

    def handle_comment(self, data: str) -> None:
        self.complaints.append(f"<!--{data}")

    def handle_decl(self, decl: str) -> None:
        self.complaints.append(f"<!{decl}")

    def unknown_decl(self, data: str) -> None:
        self.complaints.append(f"<![{data}")

    def handle_pi(self, data: str) -> None:
        self.complaints.append(f"<?{data}")

    @staticmethod
    def _harmless(address: str) -> bool:
        return address.startswith(("http://", "https://", "mailto:", "tel:", "#", "@@ref:"))
