"""What a container's script knows of the lines of requirements files.

Kept simple: the image has no parser of requirements files. On this machine `src/exec/files/requirement-texts.ts` reads
them.
"""

import os
import re

from container_task import WHEELS_ONLY, is_file, task, text_of


def files_of(argv):
    return [argv[index + 1] for index, word in enumerate(argv[:-1]) if word == "--requirement"]


def names_index(argv):
    # A lock says from which index the packages of a run come: no variable may name another.
    texts = [text_of(file) for file in files_of(argv)] if "--no-deps" in argv and not task.get("isUnlocked") else []
    return any(re.search(r"(?m)^[ \t]*--index-url", text) for text in texts)


def forces_builds(files, seen):
    # uv follows a line of a requirements file that asks for a build, even with --only-binary.
    for file in files:
        file = os.path.normpath(os.path.join(task["folder"], file))
        if file in seen or not os.path.isfile(file):
            continue
        text = text_of(file)
        included = re.findall(r"(?m)^[ \t]*(?:-r|-c|--requirement|--constraint)[ \t=]*([^\s#]+)", text)
        included = [os.path.join(os.path.dirname(file), name) for name in included]
        if re.search(r"(?m)^[ \t]*--no-binary", text) or forces_builds(included, seen | {file}):
            return True
    return False


def wheels_only(argv):
    return WHEELS_ONLY or "--only-binary" in argv


def would_build(argv):
    return wheels_only(argv) and forces_builds(files_of(argv), frozenset())


def requirement_texts(runs):
    return [text_of(file) for argv in runs for file in files_of(argv) if is_file(file)]


def rules_binaries(runs):
    return any(re.search(r"(?m)^[^#\n]*--only-binary", text) for text in requirement_texts(runs))


def builds_all(runs):
    return any(re.search(r"(?m)^[ \t]*--no-binary[ \t=]*:all:", text) for text in requirement_texts(runs))
