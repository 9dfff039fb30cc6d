"""What a record is: the typed models of every file of a base. No I/O."""
