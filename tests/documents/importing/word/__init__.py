"""Tests of documents/importing/word."""
