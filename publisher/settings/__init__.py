"""What a publication can configure, as frozen values with their defaults, a module for each part of it."""

from publisher.settings.bounces import BounceSettings
from publisher.settings.cleaning import SURE, CleanSettings, KnownBlock, KnownLine, KnownSource
from publisher.settings.daily import DAILY_STEPS, DailySettings
from publisher.settings.feeds import FeedSettings
from publisher.settings.newsletters import EditionSettings, Every, NewsletterSettings, Order, Weekday
from publisher.settings.partner import ENDINGS, PartnerFeed, Profile
from publisher.settings.publication import Publication
from publisher.settings.sending import DkimSettings, RelaySettings, SendingSettings
from publisher.settings.site import DeployTarget, ImageSettings, LinkSettings, SearchSettings
from publisher.settings.web import WebSettings

__all__ = [
    "DAILY_STEPS",
    "ENDINGS",
    "SURE",
    "BounceSettings",
    "CleanSettings",
    "DailySettings",
    "DeployTarget",
    "DkimSettings",
    "EditionSettings",
    "Every",
    "FeedSettings",
    "ImageSettings",
    "KnownBlock",
    "KnownLine",
    "KnownSource",
    "LinkSettings",
    "NewsletterSettings",
    "Order",
    "PartnerFeed",
    "Profile",
    "Publication",
    "RelaySettings",
    "SearchSettings",
    "SendingSettings",
    "WebSettings",
    "Weekday",
]
