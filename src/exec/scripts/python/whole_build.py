"""Builds a whole bundle in a container, as `wholeOnHost` does on this machine: hook, user's files, modules, hook.

All in one container, so that a hook finds what another has installed or exported.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

from values import ASIDE_NAME, HOOK_MARKER, LAYOUT_NAME, REMEMBER_ENVIRONMENT, TELL_STATE

KEPT = ("METADATA", "RECORD", "WHEEL")
# As in python-launcher.ts.
PYTHON = re.compile(
    rb"#!\s*(?!\S*/env\s)[\"']?[^\"'\n]*?(?<=[/\\!\"' ])(?:python|pypy)[\d.]*w?(?:\.exe)?[\"']?(?:\s|$)", re.I
)
BY_SHELL = re.compile(rb"#!\s*/bin/sh\r?\n'''exec' ")


def hook(name, script, folder, state):
    if script is None:
        return
    # As in run-hook.ts: the second goes on with the variables of the first.
    if name == "beforeBundling":
        script = "%s\n{ %s\n} && %s > %s" % (REMEMBER_ENVIRONMENT, script, TELL_STATE, shlex.quote(state))
    elif os.path.exists(state):
        script = 'here=$(pwd -P); . %s 2>/dev/null; cd "$here"; unset here\n%s' % (shlex.quote(state), script)
    shell = "bash" if shutil.which("bash") else "sh"
    code = subprocess.call([shell, "-c", script], cwd=folder, env=dict(os.environ, PYTHONDONTWRITEBYTECODE="1"))
    if code != 0:
        print("%s %s" % (HOOK_MARKER, name), file=sys.stderr)
        sys.exit(128 - code if code < 0 else code)


def exchange(folder, aside, paths):
    # As in set-aside.ts. Where the user of the container may not write, nothing is exchanged.
    for name in paths:
        here, there = os.path.join(folder, name), os.path.join(aside, name)
        try:
            os.makedirs(os.path.dirname(there), exist_ok=True)
            if os.path.lexists(here):
                shutil.move(here, there + ".between")
            if os.path.lexists(there):
                os.makedirs(os.path.dirname(here), exist_ok=True)
                shutil.move(there, here)
            if os.path.lexists(there + ".between"):
                os.rename(there + ".between", there)
            parent = os.path.dirname(here)
            while parent != folder.rstrip("/") and not os.listdir(parent):
                os.rmdir(parent)
                parent = os.path.dirname(parent)
        except OSError:
            pass


def ship(source, target, layout):
    files, folders, own = set(layout["files"]), set(layout["folders"]), set(layout["sources"])

    def visit(folder, relative, is_package, above):
        for name in sorted(os.listdir(folder)):
            path, place = os.path.join(folder, name), relative + name
            if os.path.isdir(path):
                real = os.path.realpath(path)
                if real not in above:
                    visit(path, place + "/", is_package or place in folders, above | {real})
            elif os.path.isfile(path) and (place in own or not (is_package or place in files)):
                copy = os.path.join(target, place)
                os.makedirs(os.path.dirname(copy), exist_ok=True)
                shutil.copy(path, copy)

    visit(source, "", False, frozenset([os.path.realpath(source)]))


def tidy(modules):
    scripts = os.path.join(modules, "bin")
    for name in os.listdir(scripts) if os.path.isdir(scripts) else []:
        path = os.path.join(scripts, name)
        if os.path.isfile(path):
            with open(path, "rb") as file:
                start = file.read(4096)
            is_launcher = PYTHON.match(start.split(b"\n", 1)[0]) or BY_SHELL.match(start)
            if is_launcher:
                os.remove(path)
    if os.path.isdir(scripts) and not os.listdir(scripts):
        os.rmdir(scripts)
    for folder, folders, _ in os.walk(modules):
        if "__pycache__" in folders:
            folders.remove("__pycache__")
            shutil.rmtree(os.path.join(folder, "__pycache__"))
    if os.path.exists(os.path.join(modules, ".lock")):
        os.remove(os.path.join(modules, ".lock"))


def merge_beside(source, target, relative, is_blocked, taken):
    for name in os.listdir(os.path.join(source, relative)):
        place = relative + name
        old, new = os.path.join(source, place), os.path.join(target, place)
        is_there = not is_blocked and os.path.exists(new)
        if os.path.isdir(old):
            if not is_blocked and not is_there:
                os.mkdir(new)
            merge_beside(source, target, place + "/", is_blocked or (is_there and not os.path.isdir(new)), taken)
        elif is_blocked or is_there:
            taken.append(place)
        else:
            shutil.move(old, new)


def keep_records(modules, records):
    os.makedirs(records)
    for name in os.listdir(modules):
        if name.endswith(".dist-info"):
            os.mkdir(os.path.join(records, name))
            for file in KEPT:
                path = os.path.join(modules, name, file)
                if os.path.isfile(path):
                    shutil.copy(path, os.path.join(records, name, file))


def build(task, install):
    whole, output = task["whole"], task["output"]
    own = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(own, LAYOUT_NAME)) as file:
        layout = json.load(file)
    state, aside = [os.path.join(tempfile.mkdtemp(), name) for name in ("state", "aside")]
    if os.path.isdir(os.path.join(own, ASIDE_NAME)):
        shutil.copytree(os.path.join(own, ASIDE_NAME), aside)
    exchange(whole["input"], aside, layout["generated"])
    hook("beforeBundling", whole["before"], os.getcwd(), state)
    ship(whole["input"], output, layout)
    exchange(whole["input"], aside, layout["generated"])
    modules = tempfile.mkdtemp()
    code = install(task["installers"], modules) if task["installers"] else 0
    if code != 0:
        return code
    tidy(modules)
    keep_records(modules, whole["records"])
    taken = []
    merge_beside(modules, output, "", False, taken)
    with open(os.path.join(whole["records"], "taken.json"), "w") as file:
        json.dump(sorted(taken), file)
    exchange(whole["input"], aside, layout["generated"])
    hook("afterBundling", whole["after"], output, state)
    return 0
