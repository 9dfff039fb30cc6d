"""Tests of the site and its scripts in a real browser."""
