"""Has every file that several distributions list come from the one whose name sorts last, in a container.

On this machine `clashes.ts` and `settle-clashes.ts` decide the same.
"""

import base64
import hashlib
import json
import os
import posixpath
import re
import shutil
import tempfile

from container_task import own_folder
from installer_runs import is_pip, remove, run_all
from values import ALONE_VARIABLE, OMITTED_NAME

CANNOT_BE_ALONE = (
    "error: %s is a file of %s, and %s is not installed without the others: "
    "ask for it by a line of its own, or leave one out with `dependencies.omit`\n"
)


def normalized(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def omitted_names():
    try:
        with open(os.path.join(own_folder(), OMITTED_NAME), encoding="utf-8") as file:
            return {normalized(name) for name in json.load(file)}
    except OSError:
        return set()


def content_of(path):
    try:
        with open(path, encoding="utf-8", errors="replace", newline="") as file:
            return file.read()
    except OSError:
        return ""


def field_in(head, field):
    return (re.findall(r"(?im)^%s:[ \t]*(\S.*?)\s*$" % field, head) + [""])[0]


def distributions_in(tree):
    # Names, versions and the files with their hashes, by the folders of the metadata.
    found = {}
    for folder in os.listdir(tree):
        if not folder.endswith(".dist-info"):
            continue
        head = re.split(r"\r?\n\r?\n", content_of(os.path.join(tree, folder, "METADATA")), maxsplit=1)[0]
        name, version = field_in(head, "Name"), field_in(head, "Version")
        files = {}
        for line in re.split(r"\r?\n", content_of(os.path.join(tree, folder, "RECORD"))):
            # As in tidy-record.ts.
            line = re.sub(r'^("?)(?:\.\./)+', r"\1", line)
            quoted, plain = re.match(r'(?:"((?:[^"]|"")*)"|([^,]*))', line).groups()
            path = posixpath.normpath(plain if quoted is None else quoted.replace('""', '"'))
            listed = re.search(r',([^,"]*),[^,]*$', line)
            if path not in (".", "..") and not path.startswith(("/", "../")) and "__pycache__/" not in path:
                files[path] = listed.group(1) if listed else ""
        found[folder] = normalized(name), version, files
    return found


def clashes_in(distributions):
    # The folders of those that list a file, with the one that it comes from last.
    omitted, owners = omitted_names(), {}
    for folder, (name, _, files) in distributions.items():
        for path in files:
            owners.setdefault(path, []).append((name not in omitted, name, folder))
    clashes = {}
    for path, claims in owners.items():
        hashes = {distributions[folder][2][path] for _, _, folder in claims}
        if len({name for _, name, _ in claims}) > 1 and (len(hashes) > 1 or "" in hashes):
            clashes[path] = [folder for _, _, folder in sorted(claims)]
    return clashes


def holds(path, listed):
    try:
        with open(path, "rb") as file:
            digest = hashlib.sha256(file.read()).digest()
    except OSError:
        return False
    return listed == "sha256=" + base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def ways_alone(argv, name, version, rivals, others):
    if is_pip(argv):
        return [([], False)]
    ways = []
    for left_out, words, is_asked_again in ((rivals, [], False), (others, [name + "==" + version], True)):
        handle, file = tempfile.mkstemp(suffix=".txt")
        with os.fdopen(handle, "w") as opened:
            opened.write("\n".join(sorted(left_out - {name})))
        ways.append((["--excludes", file] + words, is_asked_again))
    return ways


def put_alone(runs, output, builds, folder, distributions, clashes):
    name, version, _ = distributions[folder]
    own = [path for path, folders in clashes.items() if folder in folders]
    rivals = {distributions[other][0] for path in own for other in clashes[path]}
    others = {other for other, _, _ in distributions.values()}
    said = ""
    for words, is_asked_again in ways_alone(runs[0], name, version, rivals, others):
        beside = tempfile.mkdtemp()
        os.environ[ALONE_VARIABLE] = name
        code, said = run_all([argv + words for argv in runs], beside, builds)
        del os.environ[ALONE_VARIABLE]
        if code != 0:
            return code, said
        there = distributions_in(beside).get(folder)
        if there is None or is_asked_again and there != distributions[folder]:
            continue
        for path in there[2]:
            source, target = os.path.join(beside, path), os.path.join(output, path)
            if clashes.get(path, [folder])[-1] == folder and os.path.isfile(source):
                remove(target)
                shutil.move(source, target)
        shutil.rmtree(beside, ignore_errors=True)
        return 0, said
    return 1, said + CANNOT_BE_ALONE % (
        own[0],
        " and ".join(other[: -len(".dist-info")] for other in clashes[own[0]]),
        folder[: -len(".dist-info")],
    )


def run_settled(runs, output, builds):
    code, said = run_all(runs, output, builds)
    if code != 0:
        return code, said
    distributions = distributions_in(output)
    clashes = clashes_in(distributions)
    lacking = {
        folders[-1]
        for path, folders in clashes.items()
        if not holds(os.path.join(output, path), distributions[folders[-1]][2][path])
    }
    for folder in sorted(lacking, key=lambda one: distributions[one][0]):
        code, more = put_alone(runs, output, builds, folder, distributions, clashes)
        if code != 0:
            return code, said + more
    return 0, said
