"""The curated data conforms, and is checked quickly enough to be checked at every change."""

import time

from stigraph.validation import validate

SECONDS = 60


def test_the_curated_data_conforms() -> None:
    start = time.perf_counter()
    report = validate()
    seconds = time.perf_counter() - start
    assert report.conforms, report.to_text("en", "error")
    assert report.files > 10 and report.triples > 20_000 and not report.skipped
    assert seconds < SECONDS, f"validation took {seconds:.0f} s; find out which shape or query is slow"
