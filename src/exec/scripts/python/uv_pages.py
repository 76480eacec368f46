"""Asks uv in a container which pages it got, as `withPages` does on this machine."""

import os
import re

from attempts import clear
from installer_runs import run_all
from values import UV_LOG, UV_LOGGED, UV_PAGES


def pages_seen(program, code, said, runs, output):
    # uv does not say whether a page came that lists no file, and pip, which does, does not follow.
    if code == 0 or program == "{python}" or not re.search(r"no versions? of", re.sub(r"\s+", " ", said)):
        return ""
    os.environ.update(UV_LOG)
    clear(output)
    log = run_all([argv + ["--refresh"] for argv in runs], output, False)[1]
    clear(output)
    lines = re.sub(r"\x1b\[[0-9;]*m", "", log).splitlines()
    return "".join("%s%s\n" % (UV_LOGGED, line) for line in lines if re.search(UV_PAGES, line))
