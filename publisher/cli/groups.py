"""A group of commands that knows their names and one line on each, and imports the one that is called."""

from collections.abc import Mapping
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from publisher.content.spelling import nearest


class LazyGroup(click.Group):
    """Each command is `command` in the module of its name in `package`; `about` has what each does.

    The module of a command whose name is a word of Python ends in an underscore: `import_`.
    """

    def __init__(self, *args: Any, package: str, about: Mapping[str, str], **others: Any) -> None:
        super().__init__(*args, **others)
        self.package = package
        self.about = about

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.about)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.about:
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command = import_module(f"{self.package}.{module}").command
        assert isinstance(command, click.Command)  # noqa: S101  (every command module has one)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.about and not args[0].startswith("-"):
            hint = nearest(args[0], list(self.about)) or f"see {ctx.command_path} --help"
            raise click.UsageError(f"there is no command {args[0]!r} ({hint})", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(self.about.items()))
