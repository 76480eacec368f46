"""Looks at a bundle as Lambda would load it, without any code of the library; prints what is installed and what is wrong.

Usage: inspect_bundle.py FOLDER PYTHON MACHINE GLIBC GLIBCXX. Needs `packaging` and `pyelftools`.
"""

import base64
import csv
import hashlib
import json
import os
import re
import sys
from email.parser import HeaderParser
from pathlib import Path

from elftools.elf.dynamic import DynamicSection
from elftools.elf.elffile import ELFFile
from elftools.elf.gnuversions import GNUVerNeedSection
from packaging.tags import compatible_tags, cpython_tags, parse_tag
from packaging.utils import canonicalize_name

folder = Path(sys.argv[1])
python, machine = sys.argv[2:4]
glibc, glibcxx = map(int, sys.argv[4:6])
version = tuple(map(int, python.split(".")))
problems = []

OLD_NAMES = {17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"}
# What PEP 600 lets a wheel take from the system.
SYSTEM = re.compile(
    r"^(lib(c|m|dl|rt|util|nsl|pthread|resolv|gcc_s|stdc\+\+|z|anl|crypt|expat)\.so\.\d+|ld-linux.*)$"
)


def platforms():
    for minor in range(glibc, (5 if machine == "x86_64" else 17) - 1, -1):
        yield f"manylinux_2_{minor}_{machine}"
        if minor in OLD_NAMES:
            yield f"{OLD_NAMES[minor]}_{machine}"
    yield f"linux_{machine}"


names = list(platforms())
tags = {*cpython_tags(version, platforms=names, abis=["cp" + python.replace(".", "")])}
tags |= {*compatible_tags(version, interpreter="cp" + python.replace(".", ""), platforms=names)}


def check_wheel(info):
    headers = HeaderParser().parsestr((info / "WHEEL").read_text("utf8", "replace"))
    own = [tag for line in headers.get_all("Tag", []) for tag in parse_tag(line)]
    if own and not tags.intersection(own):
        problems.append(f"{info.name}: tags {', '.join(sorted(map(str, own)))}")


def check_record(info):
    with open(info / "RECORD", newline="", encoding="utf8") as file:
        for row in csv.reader(file):
            if len(row) < 2 or not row[1] or not (folder / row[0]).is_file():
                continue
            kind, digest = row[1].split("=", 1)
            real = hashlib.new(kind, (folder / row[0]).read_bytes()).digest()
            if base64.urlsafe_b64encode(real).rstrip(b"=").decode() != digest:
                problems.append(f"{info.name}: {row[0]} is not what RECORD says")


def libraries():
    """The names of all shared libraries of the bundle."""
    return {file for _, _, files in os.walk(folder) for file in files if ".so" in file}


def check_elf(path, own):
    name = path.relative_to(folder)
    with open(path, "rb") as file:
        elf = ELFFile(file)
        if elf.get_machine_arch() != {"x86_64": "x64", "aarch64": "AArch64"}[machine]:
            problems.append(f"{name}: machine {elf.get_machine_arch()}")
            return
        other = re.search(r"\.cpython-(\d)(\d+)-", path.name)
        if other and (int(other[1]), int(other[2])) != version:
            problems.append(f"{name}: of Python {other[1]}.{other[2]}")
        for section in elf.iter_sections():
            if isinstance(section, GNUVerNeedSection):
                for needed, items in section.iter_versions():
                    for item in items:
                        if found := re.fullmatch(r"GLIBC_2\.(\d+)(\.\d+)?", item.name):
                            if int(found[1]) > glibc:
                                problems.append(f"{name}: needs {item.name}")
                        elif found := re.fullmatch(r"GLIBCXX_3\.4\.(\d+)", item.name):
                            if int(found[1]) > glibcxx and needed.name not in own:
                                problems.append(f"{name}: needs {item.name}")
            if isinstance(section, DynamicSection):
                for tag in section.iter_tags("DT_NEEDED"):
                    if tag.needed not in own and not SYSTEM.match(tag.needed):
                        problems.append(f"{name}: needs {tag.needed}, which is not in the bundle")


installed = {}
for info in sorted(folder.glob("*.dist-info")):
    metadata = HeaderParser().parsestr((info / "METADATA").read_text("utf8", "replace"))
    installed[canonicalize_name(metadata["Name"])] = metadata["Version"]
    check_wheel(info)
    check_record(info)

own = libraries()
native = 0
size = 0
for parent, _, files in os.walk(folder):
    for file in files:
        path = Path(parent, file)
        size += path.lstat().st_size
        with open(path, "rb") as opened:
            if opened.read(4) != b"\x7fELF":
                continue
        native += 1
        check_elf(path, own)

print(json.dumps({"installed": installed, "native": native, "size": size, "problems": problems}))
