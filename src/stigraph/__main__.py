"""``python -m stigraph`` is the command line."""

from stigraph.cli import main

main()
