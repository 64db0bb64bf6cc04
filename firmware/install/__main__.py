"""`python3 -m firmware.install`: says which Python it needs, in words that an old one can still read.

Nothing newer than Python 3.6 stands in this file; the rest of the folder is loaded behind the question.
"""

import sys

OLDEST = (3, 11)


def main() -> int:
    """Run the installer, or say that this Python cannot."""
    if sys.version_info < OLDEST:
        sys.stderr.write(
            f"install: this is Python {sys.version_info[0]}.{sys.version_info[1]}, 3.11 to 3.13 is needed"
            " - put Raspberry Pi OS bookworm or newer (64 bit) on the card\n"
        )
        return 2
    from .command import run  # noqa: PLC0415 - not before the question

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
