"""Puts bundles where they can be imported, as Lambda has them: with the times a zip gives, and not writable.

Reads {"bundles": [{"bundle", "target"}], "known"} on stdin; a bundle is a folder or a zip file. The files of a folder
get the time that they have in a zip of the CDK CLI, 1980-01-01. Prints a digest of each bundle's content, by which the
caller knows what it has imported before; those in "known" are not unpacked again.
"""

import errno
import hashlib
import json
import os
import sys
import time
import zipfile

STAMP = time.mktime((1980, 1, 1, 0, 0, 0, 0, 0, -1))
WRITABLE = 0o222


def files_of(folder):
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            yield os.path.join(parent, name)


def read(file):
    with open(file, "rb") as stream:
        return stream.read()


def digest(bundle):
    if os.path.isfile(bundle):
        return hashlib.sha256(read(bundle)).hexdigest()
    total = hashlib.sha256()
    for file in files_of(bundle):
        mode = os.stat(file).st_mode & 0o777
        content = hashlib.sha256(read(file)).hexdigest()
        total.update(f"{os.path.relpath(file, bundle)}\0{mode:o}\0{content}\n".encode())
    return total.hexdigest()


def contents(bundle):
    """Path, content, permissions and time of each file that is to be there."""
    if os.path.isdir(bundle):
        for file in files_of(bundle):
            yield os.path.relpath(file, bundle), read(file), os.stat(file).st_mode & 0o777, STAMP
        return
    with zipfile.ZipFile(bundle) as archive:
        names = archive.namelist()
        if len(names) != len(set(names)):
            raise SystemExit(f"{os.path.basename(bundle)} has a name twice")
        for entry in archive.infolist():
            if not entry.is_dir():
                mode = (entry.external_attr >> 16) & 0o777
                stamp = time.mktime((*entry.date_time, 0, 0, -1))
                yield entry.filename, archive.read(entry), mode or 0o644, stamp


def write(path, content, mode, stamp):
    with open(path, "wb") as stream:
        stream.write(content)
    os.utime(path, (stamp, stamp))
    os.chmod(path, mode & ~WRITABLE)


def unpack(bundle, target, written):
    """Ten bundles may have all but one file in common; each of these is written once, and then linked."""
    folders = set()
    for name, content, mode, stamp in contents(bundle):
        path = os.path.normpath(os.path.join(target, name))
        if not path.startswith(target + os.sep):
            raise SystemExit(f"{name} leads out of the bundle")
        parent = os.path.dirname(path)
        if parent not in folders:
            os.makedirs(parent, exist_ok=True)
            folders.add(parent)
        key = (hashlib.sha256(content).digest(), mode, stamp)
        try:
            if key in written:
                os.link(written[key], path)
                continue
        except OSError as error:
            if error.errno != errno.EMLINK:
                raise
        write(path, content, mode, stamp)
        written[key] = path


request = json.load(sys.stdin)
known = set(request["known"])
written = {}
answer = []
for item in request["bundles"]:
    key = digest(item["bundle"])
    if key not in known:
        os.makedirs(item["target"], exist_ok=True)
        unpack(item["bundle"], os.path.normpath(item["target"]), written)
    answer.append(key)
print(json.dumps(answer))
