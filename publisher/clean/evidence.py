"""A judged line and the model -> what speaks for and against it, in words, with how much.

Features of one meaning are added up (`scorer/reasons.toml` has the words). The numbers are logits, the
mean of both passes: 1 makes it about 2.7 times as likely, below zero less likely. What has no words is left
out.
"""

from collections import defaultdict
from collections.abc import Mapping

from publisher.clean.scorer.model import Judged, Model
from publisher.clean.scorer.reasons import phrases

MOST = 6
LEAST = 0.05  # what adds less is not worth saying


def evidence(judged: Judged, model: Model) -> tuple[tuple[str, float], ...]:
    """The (words, logit) pairs that count most, largest first, at most MOST."""
    score = judged.explained(model)
    values = dict(zip(model.first.names, judged.first, strict=True))
    values |= zip(model.second.names, judged.second, strict=True)
    sums: defaultdict[str, float] = defaultdict(float)
    for name, added in (*score.first.items(), *score.contributions.items()):
        sums[_words(name, values)] += added / 2
    del sums[""]
    ranked = sorted(sums.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
    return tuple((words, round(added, 2)) for words, added in ranked if abs(added) >= LEAST)[:MOST]


def _words(name: str, values: Mapping[str, float]) -> str:
    """What a feature of this value says; nothing for the start of every line and what has no phrase."""
    phrase = phrases().get(name)
    if phrase is None:
        return ""
    return phrase.low if values[name] < phrase.at else phrase.high
