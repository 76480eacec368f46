"""Puts bundles where they can be imported, as Lambda has them: with the times a zip gives, and not writable.

Reads {"bundles": [{"bundle", "target"}], "known"} on stdin; a bundle is a folder or a zip file. The files of a folder
get the time that they have in a zip of the CDK CLI, 1980-01-01. Prints a digest of each bundle's content, by which the
caller knows what it has imported before; those in "known" are not unpacked again.
"""

import hashlib
import json
import os
import shutil
import stat
import sys
import time
import zipfile

STAMP = time.mktime((1980, 1, 1, 0, 0, 0, 0, 0, -1))


def files_of(folder):
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            yield os.path.join(parent, name)


def digest(bundle):
    total = hashlib.sha256()
    if os.path.isfile(bundle):
        with open(bundle, "rb") as file:
            total.update(file.read())
        return total.hexdigest()
    for name in files_of(bundle):
        with open(name, "rb") as file:
            content = hashlib.sha256(file.read()).hexdigest()
        mode = os.stat(name).st_mode & 0o777
        total.update(f"{os.path.relpath(name, bundle)}\0{mode:o}\0{content}\n".encode())
    return total.hexdigest()


def unzip(file, target):
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        if len(names) != len(set(names)):
            raise SystemExit(f"{os.path.basename(file)} has a name twice")
        for entry in archive.infolist():
            path = archive.extract(entry, target)
            if entry.is_dir():
                continue
            mode = (entry.external_attr >> 16) & 0o777
            if mode:
                os.chmod(path, mode)
            stamp = time.mktime((*entry.date_time, 0, 0, -1))
            os.utime(path, (stamp, stamp))


def copy(folder, target):
    shutil.copytree(folder, target, copy_function=shutil.copy)
    for name in files_of(target):
        os.utime(name, (STAMP, STAMP))


def protect(target):
    for name in files_of(target):
        os.chmod(name, os.stat(name).st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))


request = json.load(sys.stdin)
known = set(request["known"])
answer = []
for item in request["bundles"]:
    bundle, target = item["bundle"], item["target"]
    key = digest(bundle)
    if key not in known:
        if os.path.isdir(bundle):
            copy(bundle, target)
        else:
            unzip(bundle, target)
        protect(target)
    answer.append(key)
print(json.dumps(answer))
