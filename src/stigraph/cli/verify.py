"""`stigraph verify`."""

import json

import click

from stigraph.cli.options import emit, format_option, output_option
from stigraph.passages import PassageCheck, check_passages
from stigraph.vocab import curie, slug

__all__ = ["command"]


@click.command("verify")
@click.option(
    "--texts",
    type=click.Path(file_okay=False),
    required=True,
    envvar="STIGRAPH_TEXTS",
    show_envvar=True,
    metavar="DIR",
    help="A folder with the texts of the source documents.",
)
@click.option("--data", type=click.Path(file_okay=False), metavar="DIR", help="A folder like data/.")
@format_option(["text", "json"], "text")
@output_option
def command(texts: str, data: str | None, form: str, output: str | None) -> None:
    """Look up every quotation and every value as printed at its place in the texts you hold.

    A text belongs to the source whose digest it has, else to the one whose code begins its name (003_….txt). Exit 1
    when a passage is not where the graph says, or no text was found.

    \b
    Example:
      stigraph verify --texts ../shared/seeds
    """
    check = check_passages(texts, data)
    emit(_json(check) if form == "json" else _text(check, texts), output)
    if check.misses or not check.count:
        click.get_current_context().exit(1)


def _text(check: PassageCheck, folder: str) -> str:
    lines = [str(miss) for miss in check.misses]
    for source, kinds in check.checked.items():
        edition = "same text" if check.texts[source].same else "ANOTHER EDITION: its digest differs from the graph's"
        counts = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
        lines.append(f"{slug(source)}: {counts} ({edition})")
    lines += [
        f"{slug(source)}: no text in {folder} ({count} not looked up)" for source, count in check.without_text.items()
    ]
    return "\n".join([*lines, f"{check.count} passages looked up, {len(check.misses)} not at their place."]) + "\n"


def _json(check: PassageCheck) -> str:
    content = {
        "count": check.count,
        "checked": {source: dict(kinds) for source, kinds in check.checked.items()},
        "changed": check.changed,
        "withoutText": dict(check.without_text),
        "misses": [
            {
                "file": str(miss.path),
                "node": curie(miss.node),
                "property": f"sti:{miss.kind}",
                "locator": miss.locator,
                "text": miss.text,
                "elsewhere": miss.elsewhere,
            }
            for miss in check.misses
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
