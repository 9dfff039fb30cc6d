"""The program: `kbtool` and `python -m kbtool`.

Loading takes a moment; an interrupt that comes within it ends the program as quietly as a later one.
"""

from __future__ import annotations

import os


def main() -> None:
    """Run the command line."""
    try:
        from kbtool.store.interrupt import ends_at_once  # noqa: PLC0415 - an interrupt is caught from here on

        ends_at_once()
    except KeyboardInterrupt:
        os.write(2, b"interrupted\n")
        os._exit(130)
    from kbtool.cli.main import main as run  # noqa: PLC0415 - only now does loading it end quietly

    run()


if __name__ == "__main__":
    main()
