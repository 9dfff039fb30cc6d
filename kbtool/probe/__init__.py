"""Faults planted in a scratch copy of a base, to see whether the gates catch each of them."""
