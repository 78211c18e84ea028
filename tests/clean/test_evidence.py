"""What is said for and against a line: in words, added up by meaning."""

from publisher.clean.evidence import MOST, evidence
from publisher.clean.scorer import features, second
from publisher.clean.scorer.model import Model, judge, weights
from publisher.clean.scorer.reasons import phrases
from publisher.clean.scorer.rows import rows
from publisher.clean.scorer.trees import forest
from tests.clean.build import article
from tests.clean.scorer.test_model import TAIL, page

SMALL = Model(
    forest(features.NAMES, [["words", 8.0, 0.25, 1.75, -1.0]]),
    forest(second.NAMES, [["words", 8.0, 0.0, 0.5, -1.0], ["sentence_end", 0.1, -0.5, -1.0, 2.0]]),
    ((0.0, 0.0), (1.0, 1.0)),
)


def test_features_of_one_meaning_are_added_up_over_both_passes() -> None:
    (one,) = judge(rows(article("Ferry captain honoured"), frozenset()), "", SMALL)
    assert evidence(one, SMALL) == (("short", 1.0), ("not a sentence", -0.25))


def test_what_a_feature_does_not_say_in_words_is_left_out() -> None:
    (one,) = judge(rows(article("Ferry captain honoured."), frozenset()), "", SMALL)
    assert evidence(one, SMALL) == (("short", 1.0),)


def test_evidence_speaks_in_the_words_of_the_reasons() -> None:
    known = {text for phrase in phrases().values() for text in (phrase.low, phrase.high)} - {""}
    found = judge(rows(article(page(*TAIL)), frozenset()), "", weights())
    told = [evidence(one, weights()) for one in found]
    assert told
    for pairs in told:
        assert 0 < len(pairs) <= MOST
        assert {words for words, _ in pairs} <= known
        assert len({words for words, _ in pairs}) == len(pairs)
        assert [abs(added) for _, added in pairs] == sorted((abs(added) for _, added in pairs), reverse=True)
