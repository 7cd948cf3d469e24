"""Benchmarks: measured side by side with a peer in the same run, never in a timed test."""
