"""The readers' side. Everything shown comes from Versions and Publications alone."""
