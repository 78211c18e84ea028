"""What a page runs and where its form leads -> its content security policy (CSP Level 3)."""

from base64 import b64encode
from hashlib import sha256


def policy(scripts: tuple[str, ...], form: str = "") -> str:
    """Nothing but the one style sheet, pictures, and the inline scripts with these digests.

    They may fetch from the site itself: search does, and checkers read robots.txt from within a page.
    `form` is the origin that forms may post to besides the site's own.
    """
    hashes = " ".join(f"'{each}'" for each in scripts)
    target = f" {form}" if form else ""
    return (
        f"default-src 'none'; script-src {hashes or chr(39) + 'none' + chr(39)}; style-src 'self'; "
        "img-src * data:; media-src *; font-src 'self'; manifest-src 'self'; connect-src 'self'; "
        f"form-action 'self'{target}; base-uri 'none'"
    )


def digest(text: str) -> str:
    """The source expression of an inline script (CSP Level 3, section 2.3.1, hash-source)."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
