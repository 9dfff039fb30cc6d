"""Quotes: find a selector in a text, say what a near miss differs in, and account for every letter of a text."""
