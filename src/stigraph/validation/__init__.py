"""Is the data right? Every file is read to its end, then held against the shapes and the quality queries."""

from stigraph.validation.checking import validate
from stigraph.validation.report import SEVERITIES, Finding, Report

__all__ = ["SEVERITIES", "Finding", "Report", "validate"]
