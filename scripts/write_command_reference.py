"""Write docs/commands.md from the help of every command; with --check, exit 1 when it is not what the help says."""

import sys
from pathlib import Path

import click

from stigraph.cli import COMMANDS, command_line

TARGET = Path(__file__).resolve().parents[1] / "docs" / "commands.md"
HEAD = "# Commands\n\nWritten from `--help` by `make format`; a check keeps it so.\n"


def reference() -> str:
    """Give the text of the page."""
    parts = [HEAD, _section("stigraph", command_line, None)]
    with click.Context(command_line, info_name="stigraph") as parent:
        for name in sorted(COMMANDS):
            command = command_line.get_command(parent, name)
            assert command is not None
            parts.append(_section(f"stigraph {name}", command, parent))
            if isinstance(command, click.Group):
                group = click.Context(command, info_name=name, parent=parent)
                parts += [_section(f"stigraph {name} {sub}", command.commands[sub], group) for sub in command.commands]
    return "\n".join(parts)


def _section(title: str, command: click.Command, parent: click.Context | None) -> str:
    context = click.Context(command, info_name=title.rsplit(maxsplit=1)[-1], parent=parent, terminal_width=100)
    return f"## {title}\n\n```text\n{command.get_help(context)}\n```\n"


def main() -> int:
    """Write the page, or check it."""
    text = reference()
    if "--check" not in sys.argv:
        TARGET.write_text(text, encoding="utf-8")
        return 0
    if TARGET.read_text(encoding="utf-8") == text:
        return 0
    print(f"{TARGET.name}: not what the help of the commands says; run `make format`.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
