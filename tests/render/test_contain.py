import pytest

from publisher.render.contain import Containment


def contained(html: str, inline: bool = False) -> tuple[str, Containment]:
    work = Containment(lambda index: index + 1)
    return work.contain(html, 0, inline), work


@pytest.mark.parametrize(
    ("html", "out"),
    [
        ("<p>a</p>", "<p>a</p>"),
        ("<p title='a>b'>a</p>", "<p title='a>b'>a</p>"),
        ("a < b <3 <", "a &lt; b &lt;3 &lt;"),
        ("a<!-- b -->c<?d?>e<!x>f", "acef"),
        ("<<!-- -->script>x", "&lt;script>x"),
        ("<the mayor> said", "&lt;the mayor&gt; said"),
        ("<The Palace: A Tale-Teller>", "&lt;The Palace: A Tale-Teller&gt;"),
        ("<o:p>a</o:p><my-x>b</my-x><path d='1'>", "ab"),
        ("<center>a</center>", "<div>a</div>"),
        ("<a href=x>y</a>", '<a data-line="1" href=x>y</a>'),
        ("\n<img src=x>", '\n<img data-line="2" src=x>'),
        ('<a href=b="c>d', '<a data-line="1" href=b="c>d'),
    ],
)
def test_contain(html: str, out: str) -> None:
    made, work = contained(html)
    assert (made, work.torn) == (out, [])


@pytest.mark.parametrize("html", ["<p class='x", "<!-- x", "<a b=c", "<script>x", "<?x", '<i a="b>c'])
def test_what_never_ends_is_torn(html: str) -> None:
    made, work = contained(f"ok\n{html}\nmore <b>")
    assert work.torn == [(1, html)]
    assert "<b>" not in made or "script" in html


def test_unpaired_tags_of_a_paragraph_go() -> None:
    made, work = contained("<b>a</i> <i>b</i> <em>c", inline=True)
    assert made == "a <i>b</i> c"
    assert len(work.removed) == 3
    assert work.opened.total() == 0


def test_open_tags_are_counted_over_pieces() -> None:
    _, work = contained("<div><section>")
    work.contain("<div></b></b>", 3, False)
    assert work.deepest == (3, 4)
