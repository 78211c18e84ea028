"""`python -m publisher` is `publish`."""

from publisher.cli.start import run

run()
