"""Runs the rules over a base: records one by one, then the index once."""
