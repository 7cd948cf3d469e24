"""Tests of documents/importing."""
