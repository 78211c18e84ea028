"""The same site as the others make."""

AUTHOR, SITENAME, SITEURL = "Bench", "Bench", "https://bench.example.org"
PATH, OUTPUT_PATH, THEME = "content", "output", "theme"
TIMEZONE, DEFAULT_LANG = "UTC", "en"
ARTICLE_URL = "{date:%Y}/{date:%m}/{slug}/"
ARTICLE_SAVE_AS = "{date:%Y}/{date:%m}/{slug}/index.html"
USE_FOLDER_AS_CATEGORY = True
DEFAULT_PAGINATION = 20
PAGINATED_TEMPLATES = {"index": 20}
DIRECT_TEMPLATES = ["index", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
FEED_ALL_RSS, FEED_MAX_ITEMS, RSS_FEED_SUMMARY_ONLY = "index.xml", 20, False
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
AUTHOR_SAVE_AS = ""
CACHE_CONTENT, LOAD_CONTENT_CACHE = True, True
CONTENT_CACHING_LAYER, CHECK_MODIFIED_METHOD = "generator", "mtime"
