"""Asks pip which wheels a requirement gets on a target, and downloads none of them.

Reads {"before": DATE, "jobs": [{"requirement", "python", "machine", "glibc"}, ...]} from standard input; prints a JSON line
per job: {"wheels": [FILE, ...]} or {"refused": WHAT PIP SAID}. It is the oracle of the library's installs, so it shares no
code with them: the tags and the environment of the markers are its own.
"""

import json
import os
import re
import sys
import tempfile

import pip._vendor.packaging.markers as markers
from pip._internal.cli.main import main

# An isolated interpreter does not look beside the script.
sys.path.append(os.path.dirname(os.path.abspath(__file__)))
from target_markers import environment

# Lambda runs late patch levels, so that `Requires-Python: !=3.9.0` is no reason against a release.
PATCH = ".20"

OLD_NAMES = {17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"}


def platforms(machine, glibc):
    lowest = 5 if machine == "x86_64" else 17
    for minor in range(glibc, lowest - 1, -1):
        yield f"manylinux_2_{minor}_{machine}"
        if minor in OLD_NAMES:
            yield f"{OLD_NAMES[minor]}_{machine}"


def argv(job, before, report):
    tags = [word for name in platforms(job["machine"], job["glibc"]) for word in ("--platform", name)]
    return [
        "install", "--dry-run", "--ignore-installed", "--quiet", "--no-input", "--report", report,
        "--target", report + ".target", "--only-binary", ":all:", "--implementation", "cp",
        "--python-version", job["python"] + PATCH, "--abi", "cp" + job["python"].replace(".", ""),
        "--uploaded-prior-to", before, *tags, job["requirement"],
    ]  # fmt: skip


def answer(job, before):
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report.json")
        said = os.path.join(folder, "said")
        child = os.fork()
        if child == 0:
            file = os.open(said, os.O_WRONLY | os.O_CREAT)
            os.dup2(file, 1)
            os.dup2(file, 2)
            markers.default_environment = lambda: environment(job["python"], job["machine"])
            os._exit(main(argv(job, before, report)))
        _, status = os.waitpid(child, 0)
        if status == 0:
            with open(report) as opened:
                items = json.load(opened)["install"]
            return {"wheels": sorted(item["download_info"]["url"].rsplit("/", 1)[1] for item in items)}
        with open(said) as opened:
            lines = [line.strip() for line in opened if re.match(r"\s*(ERROR|error)", line)]
        return {"refused": (lines or ["pip failed without a word"])[-1]}


request = json.load(sys.stdin)
for job in request["jobs"]:
    print(json.dumps(answer(job, request["before"])), flush=True)
