"""Documents in: review-sheet databases and, later, texts."""
