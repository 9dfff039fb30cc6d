"""The command line: thin commands, one file a group, imported when they are called."""
