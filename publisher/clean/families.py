"""The families of codes, by the two letters that each code begins with -> what they are about."""

FAMILIES = {
    "CL": "chrome: the web page around the story",
    "DU": "duplicates: what the story says twice",
    "PR": "provenance: who, when and where from, moved to front matter",
    "TX": "text: what scraping did to the characters and lines",
    "FM": "front matter: what an article needs and lacks",
    "LK": "links",
    "IM": "pictures",
    "HT": "HTML in the text",
    "ST": "stories: the same one twice in the publication",
    "FD": "feeds",
}
