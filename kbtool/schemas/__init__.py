"""What the record models say to others: JSON Schemas for editors and validators, and the usual order of keys."""
