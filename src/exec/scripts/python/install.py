"""What runs in a build container: installs with the first of the plan's installers that is there, then compiles.

Two steps in one container, because starting a second takes half a second.

uv is left out where pip is set up in a way that uv does not know of: it would ask another index. Where uv fails, pip
has the last word, as it has without uv; but not where only uv knows the index: pip would take a stranger's package of
a private name from the public one. Where further indexes are named and nothing pins the versions, pip never installs,
because it cannot ask indexes in an order; uv then gets the indexes of pip's settings.
"""

import json
import os
import shutil
import subprocess
import sys

from attempts import clear, install_with
from container_task import own_folder, task
from git_needed import lacks_git
from index_order import ordered_by, tell_uv
from installer_settings import may_follow_uv, may_use_uv, tell_pip
from reach import reach_alike
from requirement_lines import would_build
from uv_pages import pages_seen
from values import (
    BYTECODE_FOLDER,
    BYTECODE_SCRIPT_NAME,
    CANARY_BACK,
    CANARY_NAME,
    INSTALLER_FILE,
    MACHINE_LINKS_NAME,
    NO_GIT,
    NO_UV,
    ORDER_REFUSED,
)
from versions import choose_alike, take_variables


def hand_back_canary():
    # By it the other side tells that it looks at the same folders.
    try:
        here = own_folder()
        shutil.copyfile(os.path.join(here, CANARY_NAME), os.path.join(BYTECODE_FOLDER, CANARY_BACK))
    except OSError:
        pass


def name_installer(program):
    # For the manifest of the bundle: what installed, and in which version.
    try:
        if program == "{python}":
            import pip

            name, version = "pip", pip.__version__
        else:
            name, version = "uv", subprocess.check_output([program, "--version"]).decode().split()[1]
        with open(os.path.join(BYTECODE_FOLDER, INSTALLER_FILE), "w") as file:
            json.dump({"name": name, "version": version}, file)
    except Exception:
        pass


def install(installers, output):
    if lacks_git():
        print(NO_GIT, file=sys.stderr)
        return 1
    code, order = None, ordered_by()
    if order or task.get("installer") == "uv":
        tell_uv()
    may_use = order != "" or task.get("installer") == "uv" or may_use_uv()
    for at, runs in enumerate(installers):
        program = runs[0][0] if runs else "{python}"
        if program != "{python}" and not (os.access(program, os.X_OK) and may_use and not any(map(would_build, runs))):
            continue
        if program == "{python}" and order:
            continue
        if program == "{python}" and not may_follow_uv():
            tell_pip()
        if not choose_alike(program, runs, code is None):
            return code or 1
        clear(output)
        levels = [all_runs[at] for all_runs in (installers, task.get("newer")) if all_runs]
        code, said = install_with(levels, output)
        said += pages_seen(program, code, said, runs, output) if order or not may_follow_uv() else ""
        sys.stderr.buffer.write(said.encode("utf-8", "replace"))
        sys.stderr.flush()
        if code == 0 and runs:
            name_installer(program)
        if code == 0 or (program != "{python}" and not may_follow_uv()):
            break
    if code is None and order:
        print(ORDER_REFUSED, order, file=sys.stderr)
        return 1
    if code is None and installers:
        print(NO_UV, file=sys.stderr)
        return 1
    return 127 if code is None else code


def main(words):
    task.update(json.loads(words[0]))
    # Before it is chosen which installer knows all of the variables.
    take_variables(MACHINE_LINKS_NAME)
    hand_back_canary()
    reach_alike()
    if task.get("whole"):
        # Also where the environment keeps a script's folder off the search path.
        sys.path.insert(0, own_folder())
        from whole_build import build

        code = build(task, install)
    else:
        code = install(task["installers"], task["output"])
    if code == 0 and task["bytecode"]:
        compile_task = dict(task["bytecode"], root=task["output"])
        script = os.path.join(own_folder(), BYTECODE_SCRIPT_NAME)
        subprocess.call([sys.executable, "-I", "-S", "-B", script, "tree", json.dumps(compile_task)])
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
