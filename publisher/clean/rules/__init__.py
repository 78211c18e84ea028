"""Every rule, in the order in which they run.

The rules of one pass see the same article: page furniture is known by its neighbours, so its families
judge side by side. Each pass sees what the earlier ones left.
"""

from publisher.clean.rule import Rule
from publisher.clean.rules import (
    ad_label,
    app_call,
    author_line,
    comment_box,
    consent_notice,
    crowded_lines,
    date_line,
    double_escape,
    furniture_leftover,
    indented_body,
    invisible_characters,
    missing_title,
    mojibake,
    newsletter_call,
    nothing_left,
    page_tools,
    photo_credit,
    pull_quote,
    reading_time,
    related_links,
    repeated_paragraph,
    rights_line,
    share_bar,
    source_line,
    stray_bullet,
    subscription_call,
    teaser,
    title_again,
    title_line,
)

PASSES: tuple[tuple[Rule, ...], ...] = (
    (invisible_characters.RULE,),
    (mojibake.RULE,),
    (double_escape.RULE,),
    (indented_body.RULE,),
    (stray_bullet.RULE,),
    (
        source_line.RULE,
        newsletter_call.RULE,
        subscription_call.RULE,
        share_bar.RULE,
        related_links.RULE,
        comment_box.RULE,
        ad_label.RULE,
        app_call.RULE,
        consent_notice.RULE,
        rights_line.RULE,
        page_tools.RULE,
        reading_time.RULE,
        furniture_leftover.RULE,
    ),
    (title_line.RULE,),
    (title_again.RULE,),
    (author_line.RULE, date_line.RULE, photo_credit.RULE),
    (teaser.RULE,),
    (repeated_paragraph.RULE,),
    (pull_quote.RULE,),
    (crowded_lines.RULE,),
    (missing_title.RULE, nothing_left.RULE),
)
RULES: tuple[Rule, ...] = tuple(rule for rules in PASSES for rule in rules)
