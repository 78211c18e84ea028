"""Which HTML an article may hold: an allow-list fit for news, legal in pages, feeds and mails alike."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TEXT = (
    "a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q rp rt ruby s samp small span strong "
    "sub sup time u var wbr"
)
_BLOCK = (
    "address article aside blockquote caption col colgroup dd div dl dt figcaption figure footer h1 h2 h3 "
    "h4 h5 h6 header hr li ol p pre section table tbody td tfoot th thead tr ul"
)
ALLOWED = _names(f"{_TEXT} {_BLOCK}")
FLOW = _names(_BLOCK)  # these part words in plain text

# What goes together with its text, because the text was never meant to be read.
SILENT = frozenset({"script", "style"})
# Not permitted, but their text is: some part paragraphs, some part words, the rest neither.
BLOCKS = _names("center details dialog dir fieldset form hgroup main menu nav search summary")
REPLACED = _names(
    "audio button canvas embed frame frameset iframe input legend math noembed noframes noscript object "
    "optgroup option select source svg template textarea title track video xmp"
)

VOID = _names("area base br col embed hr img input link meta param source track wbr")
OPTIONAL_END = _names("colgroup dd dt li option p rp rt tbody td tfoot th thead tr")
_DROPPED = _names(
    "acronym applet area base basefont bgsound big blink body data datalist font head html image keygen "
    "label link map marquee menuitem "
    "meta meter nobr output param picture plaintext progress rb rtc slot strike tt"
)
# Anything else in angle brackets is more likely a word of the text than a tag: <the name>.
KNOWN = ALLOWED | SILENT | BLOCKS | REPLACED | VOID | _DROPPED

ATTRIBUTES = {
    "*": {"class", "dir", "id", "lang", "title"},
    "a": {"href", "hreflang", "name", "data-line"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"datetime"},
    "img": {"src", "alt", "width", "height", "style", "data-line"},
    "ins": {"datetime"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "time": {"datetime"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
# Read to know a hidden picture, never written.
STYLES = {"display", "visibility", "width", "height"}
