"""How Japanese official text is read: eras and fiscal years, numerals, and forms for comparing."""

from stigraph.japanese.eras import gregorian_year, replace_era_years
from stigraph.japanese.text import bigrams, fold, squeeze
from stigraph.japanese.width import clip, display_width, wrap

__all__ = [
    "bigrams",
    "clip",
    "display_width",
    "fold",
    "gregorian_year",
    "replace_era_years",
    "squeeze",
    "wrap",
]
