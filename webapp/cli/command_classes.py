"""Commands that say more of a mistake than click does, and one whose words may begin with `-`."""

from __future__ import annotations

from difflib import get_close_matches

import click


class SuggestingGroup(click.Group):
    """A group that names the commands which a mistyped one may mean, and takes `help` for one."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        words = [*args[1:2], "--help"] if args[:1] == ["help"] else args
        return super().parse_args(ctx, words)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            near = get_close_matches(args[0], self.commands)
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            ctx.fail(f"No such command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)


class ExactCommand(click.Command):
    """A command that takes so many words; of one too many it says what may be meant."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            if "extra argument" not in error.message:
                raise
            raise click.UsageError(f"{error.message}; --index names the index", ctx) from None


class WordsCommand(click.Command):
    """A command whose words are read as in the search box: `-harbour` is one, no option is."""

    ignore_unknown_options = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args == ["-h"]:
            args = ["--help"]
        before = args[: args.index("--")] if "--" in args else list(args)
        rest = super().parse_args(ctx, args)
        for each in ctx.params.get("words", ()):
            if each.startswith("--") and len(each) > 2 and each in before:
                option = each.split("=")[0]
                known = [each for param in self.params for each in param.opts]
                near = get_close_matches(option, known)
                raise click.NoSuchOption(option, possibilities=near or None, ctx=ctx)
        return rest
