"""Says what exported files install on targets, by the reference implementation of markers (PyPA's `packaging`).

Reads a JSON list of {"format": "requirements.txt" | "pylock.toml", "text", "python", "machine", "extras", "groups"} from
standard input, of which a requirements.txt also has the "requires_python" and the "environments" of its lock; prints a list of the
pins of each, such as ["idna==3.10", ...], or {"refused": REASON} where the lock is not for the target.
"""

import json
import os
import re
import sys

# Where a newer pip is than the interpreter's own.
sys.path[:0] = sys.argv[1:]

from pip._vendor.packaging.markers import Marker
from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.specifiers import SpecifierSet
from pip._vendor.packaging.utils import canonicalize_name

# An isolated interpreter does not look beside the script.
sys.path.append(os.path.dirname(os.path.abspath(__file__)))
from target_markers import environment

try:
    import tomllib

    from pip._vendor.packaging.pylock import Pylock
except ImportError:
    Pylock = None


def of_requirements(job, target):
    if job["python"] + ".0" not in SpecifierSet(job["requires_python"]):
        raise ValueError(f"not for Python {job['python']}")
    if job["environments"] and not any(Marker(each).evaluate(target) for each in job["environments"]):
        raise ValueError("for other environments")
    text = re.sub(r"\\\n", " ", job["text"])
    for line in text.splitlines():
        line = re.sub(r"(^|\s)#.*", "", line).split(" --hash")[0].strip()
        if not line or line.startswith("-"):
            continue
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({**target, "extra": ""}):
            (pin,) = requirement.specifier
            yield f"{canonicalize_name(requirement.name)}=={pin.version}"


def of_pylock(job, target):
    lock = Pylock.from_dict(tomllib.loads(job["text"]))
    chosen = lock.select(environment=target, extras=job["extras"], dependency_groups=job["groups"])
    for package, _ in chosen:
        yield f"{package.name}=={package.version}"


def answer(job):
    target = environment(job["python"], job["machine"])
    try:
        read = of_requirements if job["format"] == "requirements.txt" else of_pylock
        pins = sorted(set(read(job, target)))
        names = [pin.split("==")[0] for pin in pins]
        if len(names) > len(set(names)):
            raise ValueError("two versions of one package")
        return pins
    except Exception as error:
        return {"refused": f"{type(error).__name__}: {error}"}


print(json.dumps([answer(job) for job in json.load(sys.stdin)]))
