"""Looks for Git in a container where a build takes a version from Git."""

import os
import shutil

from container_task import WHEELS_ONLY
from values import INPUT_FOLDER


def lacks_git():
    # Some backends would else make up a version. Git's metadata is among the inputs only where a build takes a version
    # from it.
    if WHEELS_ONLY or shutil.which("git"):
        return False
    return any(".git" in names for _, names, _ in os.walk(INPUT_FOLDER))
