"""The program: `kbtool` and `python -m kbtool`.

Loading the command line takes a moment; an interrupt that comes within it ends the program as quietly as a later one.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; 130 where it is interrupted before it has begun."""
    try:
        from kbtool.cli.main import main as run  # noqa: PLC0415 - the interrupt is caught while this loads
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
