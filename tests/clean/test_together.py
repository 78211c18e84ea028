"""Words that give a sentence away together: in any order, in any language, and not if someone says it."""

import pytest

from publisher.clean.phrases import grade
from publisher.clean.together import STEM, family_of, together


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("Every Friday our harbour editor sends the tides of the week straight to your inbox.", "newsletter"),
        ("You can opt out at any time with the link at the bottom of every email.", "newsletter"),
        ("To see this video you have to accept cookies from third parties.", "consent"),
        ("Om dit bericht te zien moet je cookies van derden accepteren.", "consent"),
        ("Als Abonnent lesen Sie alle Artikel ohne Werbung.", "subscribe"),
        ("Dès deux euros par mois, vous nous aidez à faire vivre le journalisme.", "subscribe"),
        ("Los comentarios de este artículo están cerrados.", "comments"),
        ("コメントは編集部の承認後に公開されます。", "comments"),
        ("您可以随时点击邮件底部的链接退订。", "newsletter"),
        ("이 콘텐츠를 표시하려면 쿠키를 허용해야 합니다.", "consent"),
        ("Чтобы увидеть этот материал, примите файлы cookie сторонних сервисов.", "consent"),
    ],
)
def test_a_sentence_in_which_a_site_speaks_of_itself(text: str, family: str) -> None:
    found = grade(text)
    assert found is not None
    assert (found.family, found.strength) == (family, "sure")


@pytest.mark.parametrize(
    "text",
    [
        "We sent our newsletter to three hundred people and got eleven answers.",
        "“You can opt out at any time with the link at the bottom of every email,” the mayor wrote.",
        "You can opt out at any time with the link at the bottom, the clerk said of the email.",
        "Jeden Morgen leert sie ihr Postfach und liefert die Briefe aus.",
        "Dit onderzoek werd gefinancierd door de provincie.",
        "裁判所は、サイトはクッキーを設定する前に利用者の同意を得なければならないと判断した。",
    ],
)
def test_a_sentence_of_the_story(text: str) -> None:
    assert grade(text) is None


def test_a_verb_of_saying_counts_in_its_own_language() -> None:
    """`dit` is "says" in French and "this" in Dutch."""
    assert family_of("Reageren op dit artikel is niet meer mogelijk.") == "comments"
    assert not family_of("Les commentaires de cet article sont fermés, dit la rédaction.")


def test_the_words_of_a_box_that_ask_or_address_go_with_it() -> None:
    assert grade("Spotted something odd? If you find a mistake in this article, let us know.") is not None
    assert grade("The ferry sank at the quay. If you find a mistake in this article, let us know.") is None


def test_every_list_has_groups_and_words_that_are_found() -> None:
    index = together()
    for stem, found in index.begun.items():
        for word, number in found:
            each = index.lists[number]
            assert len(each.groups) > 1, each
            first, *more = word.split()
            assert stem == first[: len(stem)]
            begun = not more and not word.endswith(" ") and each.language not in {"ja", "ko", "zh"}
            assert not begun or len(first) >= STEM, "the beginning of a word has four letters"
