"""The RS system (行政事業レビュー見える化サイト): the review sheets of FY2024 and later, fifteen CSV files a year.

Nine of the fifteen say something that a sheet holds (1-1, 1-2, 1-3, 2-1, 3-1, 3-2, 4-1, 5-1, 5-2); the others are known
and passed over. Files come as CSV or in the ZIPs they are published in.
"""

from stigraph.ingest.rs_system.fetching import PUBLISHED, DownloadError, fetch
from stigraph.ingest.rs_system.kinds import FILES, file_name
from stigraph.ingest.rs_system.payments import MINISTRY
from stigraph.ingest.rs_system.sheets import read, read_year
from stigraph.ingest.rs_system.tables import YearFiles, files_of

__all__ = [
    "FILES",
    "MINISTRY",
    "PUBLISHED",
    "DownloadError",
    "YearFiles",
    "fetch",
    "file_name",
    "files_of",
    "read",
    "read_year",
]
