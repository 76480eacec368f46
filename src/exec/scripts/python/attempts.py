"""Knows in which order wheels are tried in a container, and what is built.

It is as on this machine (`wheels-first.ts`, `newer-wheels.ts`), so that both take the same versions. Wheels for the
oldest C library come first, then newer ones that the container loads, then builds of what does not have a wheel. Where
lines or settings say what may be built, an installer follows them by itself.
"""

import os
import re

from clashes import run_settled
from container_task import task
from installer_runs import is_pip, remove
from installer_settings import is_set
from requirement_lines import builds_all, files_of, forces_builds, rules_binaries, wheels_only
from values import MOST_BUILDS, OTHER_PLATFORM, PIP_LACKS_WHEEL, PIP_REFUSAL, UNNAMED_BUILD, UV_LACKS_WHEEL

LACKS_WHEEL = {True: "(?m)" + PIP_LACKS_WHEEL, False: UV_LACKS_WHEEL}
SETTLED = ("PIP_ONLY_BINARY", "UV_NO_BUILD", "UV_NO_BUILD_PACKAGE")


def with_words(argv, words):
    at = argv.index("install") + 1 if "install" in argv else None
    return argv if at is None else argv[:at] + words + argv[at:]


def lacking(argv, said):
    # uv breaks lines, and may draw a bar before each.
    text = said if is_pip(argv) else re.sub(r"\n\s*[│|]?\s*", " ", said)
    found = re.findall(LACKS_WHEEL[is_pip(argv)], text)
    return [name for at, name in enumerate(found) if name not in found[:at]]


def clear(output):
    for name in os.listdir(output):
        remove(os.path.join(output, name))


def at_levels(levels, words, builds, output):
    first = None
    for runs in levels:
        clear(output)
        code, said = run_settled([with_words(argv, words) for argv in runs], output, builds)
        without = lacking(runs[0], said) if code != 0 else []
        if code == 0:
            return code, said, []
        if first is None:
            first = code, said, without
            if not without and not re.search(OTHER_PLATFORM, re.sub(r"\s+", " ", said)):
                break
        elif without:
            return code, said, without
    return first


def install_with(levels, output):
    runs = levels[0]
    if not runs:
        return 0, ""
    may_build = not any(map(wheels_only, runs))
    forced = may_build and any(forces_builds(files_of(argv), frozenset()) for argv in runs)
    names = list(task.get("localPackages", ())) if may_build else []
    builds, settled = bool(names) or forced, is_set(SETTLED) or rules_binaries(runs)
    wheels = [] if "--only-binary" in runs[0] or builds_all(runs) else ["--only-binary", ":all:"]
    while True:
        words = wheels + [word for name in names for word in ("--no-binary", name)]
        code, said, without = at_levels(levels, words, builds, output)
        if code == 0 or not may_build:
            return code, said
        more = [name for name in without if name not in names]
        refused = PIP_REFUSAL.strip() in said and not builds
        if settled or len(names) >= MOST_BUILDS or not (more or refused):
            break
        names, builds = names + more, True
    # The hash may be that of a source distribution, where there is a wheel as well.
    differs = "DO NOT MATCH THE HASHES" in said or "Hash mismatch for" in said
    unnamed = re.search(UNNAMED_BUILD, re.sub(r"\s+", " ", said)) is not None
    if differs or unnamed or settled and (without or refused):
        code, said, _ = at_levels(levels, [], True, output)
    return code, said
