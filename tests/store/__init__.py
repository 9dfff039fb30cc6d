"""Tests of all that touches the disk."""
