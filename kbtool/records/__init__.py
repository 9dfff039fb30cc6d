"""From the bytes of a base's files to typed records, with a diagnostic for everything that is not one."""
