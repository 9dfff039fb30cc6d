"""The audit bundle: everything that an approval rests on in one archive, and its verification. Values only."""
