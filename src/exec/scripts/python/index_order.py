"""Knows whether the order of the package indexes counts, and gives uv the indexes of pip's variables and files.

On this machine `plan/install/index-order.ts` and `plan/variables/installer-environment.ts` decide the same.
"""

import os

from container_task import task
from installer_settings import UV_INDEX, is_on, is_set, pip_setting
from values import AS_PIP, FURTHER_INDEXES

OF_PIP = (
    ("PIP_INDEX_URL", "UV_DEFAULT_INDEX", " "),
    ("PIP_EXTRA_INDEX_URL", "UV_INDEX", " "),
    ("PIP_NO_INDEX", "UV_NO_INDEX", " "),
    ("PIP_FIND_LINKS", "UV_FIND_LINKS", ","),
    ("PIP_CONSTRAINT", "UV_CONSTRAINT", " "),
)


def ordered_by():
    # What adds an index whose order counts; empty where the order decides nothing.
    if task["isPinned"] or task.get("installer") == "pip" or os.environ.get("UV_INDEX_STRATEGY") == AS_PIP:
        return ""
    if task.get("isOrdered"):
        return "line"
    return next(filter(os.environ.get, FURTHER_INDEXES), "pip.conf" if pip_setting("PIP_EXTRA_INDEX_URL") else "")


def tell_uv():
    if not is_set(UV_INDEX):
        for name, of_uv, separator in OF_PIP:
            value = pip_setting(name)
            if is_on(value) and not os.environ.get(of_uv):
                os.environ[of_uv] = separator.join(value.split())
