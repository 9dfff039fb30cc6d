"""Who decided what about which content, and what follows from it. No I/O."""
