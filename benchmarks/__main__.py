"""`make bench`: the figures of performance.md on the program as it is, at two sizes of database.

    python -m benchmarks [--short] [--write]

--short takes fewer families and rounds, and judges only the statements of the list and the family: a look.
--write keeps the figures in docs/benchmarks.json, from a full run only. The exit code is 1 when a figure that must hold
does not; for P1 and P2 that is when the whole range of blocks lies beyond the bar.
"""

import os
import sys

import django


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    django.setup()
    from benchmarks.run import main

    return main()


if __name__ == "__main__":
    sys.exit(main())
