"""The variables that code of a distribution gets.

These are those of a file, and those by which an installer tells a build what to do.
"""

import json
import os

from values import ENVIRONMENT_NAME

SET_BY_INSTALLERS = ("PATH", "VIRTUAL_ENV", "PYTHONPATH", "PYTHONNOUSERSITE", "PYTHONIOENCODING")
SET_BY_PREFIX = ("PEP517_", "_PYPROJECT_HOOKS_")


def build_variables(environ, folder):
    with open(os.path.join(folder, ENVIRONMENT_NAME), encoding="utf-8") as file:
        seen = json.load(file)
    for name, value in environ.items():
        if name in SET_BY_INSTALLERS or name.startswith(SET_BY_PREFIX):
            seen[name] = value
    # A build may not import from the folder of this library's modules.
    paths = [entry for entry in seen.pop("PYTHONPATH", "").split(os.pathsep) if entry not in ("", folder)]
    if paths:
        seen["PYTHONPATH"] = os.pathsep.join(paths)
    return seen
