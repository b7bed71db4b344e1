"""The entry; its syntax is plain, so that an old Python can read it and say what is missing."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older one may well be on PATH
    sys.stderr.write(
        "Нужен Python 3.11 или новее, а здесь {}.{}. Установите его и укажите: make run PYTHON=python3.11\n".format(
            *sys.version_info
        )
    )
    sys.exit(1)

from msoko.launcher.cli import main  # noqa: E402

sys.exit(main(sys.argv[1:]))
