"""The strict YAML of records: bytes to data with places; edits and canonical text. The home of PyYAML."""
