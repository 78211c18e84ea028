"""`python -m publisher` is `publish`."""

from publisher.cli.main import run

run()
