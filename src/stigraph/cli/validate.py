"""`stigraph validate`."""

import sys

import click

from stigraph.cli.options import emit, format_option, lang_option, output_option
from stigraph.validation import SEVERITIES, validate

__all__ = ["command"]


@click.command("validate")
@click.option("--data", type=click.Path(file_okay=False), metavar="DIR", help="A folder like data/.")
@click.option("--no-shapes", is_flag=True, help="Leave out the shapes (SHACL), which need the extra `validate`.")
@click.option(
    "--severity",
    type=click.Choice(SEVERITIES),
    default="warning",
    show_default=True,
    help="List what is as grave as this, or graver.",
)
@format_option(["text", "json", "csv"], "text")
@lang_option
@output_option
def command(
    data: str | None,
    no_shapes: bool,
    severity: str,
    form: str,
    lang: str,
    output: str | None,
) -> None:
    """Check data files: syntax, terms, shapes and quality queries; each fault with its file, line and remedy.

    Exit 0: no error. 1: there are errors; warnings and remarks do not count. 2: the check could not be run.

    \b
    Example:
      stigraph validate --severity error
    """
    if sys.stderr.isatty():
        click.echo("Reading the data and checking it takes some seconds …", err=True)
    report = validate(data, shapes=not no_shapes)
    if form == "text":
        text = report.to_text(lang, severity)
    else:
        text = report.to_json(severity) if form == "json" else report.to_csv(severity)
    emit(text, output)
    if not report.conforms:
        click.get_current_context().exit(1)
