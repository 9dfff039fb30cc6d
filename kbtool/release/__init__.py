"""From the base and a gate to a release: what goes out, what is held, what was withdrawn. No I/O."""
