"""Tests of the strict YAML: parsing, places, edits, canonical text."""
