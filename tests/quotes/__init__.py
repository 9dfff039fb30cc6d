"""Tests of how quotes are found, what they cut and what is covered."""
