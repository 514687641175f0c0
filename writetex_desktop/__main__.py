"""`python -m writetex_desktop` is the command `writetex`."""

from writetex_desktop.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
