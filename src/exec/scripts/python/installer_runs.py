"""Runs uv and pip in a container.

They get the variables of uv and pip that may be handed on, whoever has set them: this machine, the user or the image.
An image's own pip.conf and uv.toml count, because the image is a part of the key; uv reads no other file.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from container_task import own_folder, task
from requirement_lines import names_index
from values import (
    CHOOSING_VARIABLES,
    CONFIG_SETTINGS_VARIABLE,
    CONTAINER_PIP_NAME,
    CONTAINER_QUIET_PIP_NAME,
    HANDED_ON_VARIABLES,
    INDEX_VARIABLES,
    TARGET_VARIABLE,
)
from versions import options_for_uv

UV_FILE = "/etc/uv/uv.toml"


def is_pip(argv):
    return argv[0] == "{python}"


def is_handed_on(name):
    if not name.startswith(("UV_", "PIP_")):
        return True
    if name in CHOOSING_VARIABLES:
        return not task["isPinned"]
    return name in HANDED_ON_VARIABLES or re.match("UV_INDEX_[A-Za-z0-9_]+_(USERNAME|PASSWORD)$", name) is not None


def guarded(argv):
    if argv[0].endswith("/uv"):
        argv = argv + options_for_uv()
        if "--no-config" in argv and os.path.exists(UV_FILE):
            at = argv.index("--no-config")
            argv = argv[:at] + ["--config-file", UV_FILE] + argv[at + 1 :]
    return argv


def without_builds(argv):
    # pip builds folders and URLs all the same, so one is used that cannot.
    if argv[1:4] == ["-I", "-m", "pip"]:
        argv = argv[:1] + ["-I", os.path.join(own_folder(), CONTAINER_PIP_NAME)] + argv[4:]
    return argv


def run(argv, output, builds):
    dropped = INDEX_VARIABLES if names_index(argv) else ()
    handed_on = [(name, value) for name, value in os.environ.items() if name not in dropped and is_handed_on(name)]
    environment = dict(handed_on, PIP_USE_PEP517="1")
    places = {"{python}": sys.executable, "{output}": output}
    if task.get("markers"):
        environment[TARGET_VARIABLE] = json.dumps(task["markers"])
    environment[CONFIG_SETTINGS_VARIABLE] = json.dumps(task.get("configSettings", []))
    argv = guarded(argv) if builds else without_builds(guarded(argv))
    quiet_pip = os.path.join(own_folder(), CONTAINER_QUIET_PIP_NAME)
    if argv[1:4] == ["-I", "-m", "pip"] and os.path.exists(quiet_pip):
        argv = argv[:1] + ["-I", quiet_pip] + argv[4:]
    words = [places.get(argument, argument) for argument in argv]
    try:
        started = subprocess.Popen(
            words, cwd=task["folder"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        said = started.communicate()[0].decode("utf-8", "replace")
        return started.returncode, said
    except OSError as error:
        return 126, "%s\n" % error


def is_folder(path):
    return os.path.isdir(path) and not os.path.islink(path)


def remove(path):
    if is_folder(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.remove(path)


def merge(source, target):
    for name in os.listdir(source):
        old, new = os.path.join(source, name), os.path.join(target, name)
        if is_folder(old) and is_folder(new):
            merge(old, new)
        else:
            remove(new)
            shutil.move(old, new)


def run_all(runs, output, builds):
    code, said = run(runs[0], output, builds)
    for argv in runs[1:]:
        if code != 0:
            break
        beside = tempfile.mkdtemp()
        code, more = run(argv, beside, builds)
        said += more
        if code == 0:
            merge(beside, output)
        shutil.rmtree(beside, ignore_errors=True)
    return code, said
