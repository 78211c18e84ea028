from publisher.newsletter.headers import phrase, unstructured


def test_short_ascii_stays_readable_and_all_else_is_encoded() -> None:
    assert unstructured("Subject", "Bridge to stay").value == "Bridge to stay"
    assert unstructured("Subject", "é").value == "=?utf-8?b?w6k=?="
    assert phrase('A "B" \\', "From") == r'"A \"B\" \\"'
    assert phrase("é", "From").startswith("=?utf-8?")
