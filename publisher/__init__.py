"""Publisher: scraped Markdown in; a clean static site, feeds and a daily email digest out."""

__version__ = "0.1.0"
