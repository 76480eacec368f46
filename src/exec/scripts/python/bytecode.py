"""Compiles Python files, with the standard library alone and for every version from 3.7 on.

`tree` walks a folder and has its files compiled by four processes, a few files by itself; `jobs` compiles the files it
gets. Byte code depends in places on what the same process has compiled before (which strings it shares), so the files
are dealt out in a way that depends on their names and on nothing else. A file that is not a program for this version,
such as a template or one for another version, gets no byte code, as when pip compiles; with `faults`, `jobs` writes
down where the syntax is wrong.
"""

import json
import os
import py_compile
import subprocess
import sys

PROCESSES = 4
# To start another Python takes as long as to compile some files.
FEW = 16


def check(tag):
    if sys.implementation.cache_tag != tag:
        sys.exit("this is %s, not %s" % (sys.implementation.cache_tag, tag))


def modules(root, exclude):
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in exclude and name != "__pycache__")
        for name in sorted(names):
            if name.endswith(".py"):
                yield os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")


def bytecode(module, tag):
    folder, name = os.path.split(module)
    return "/".join(part for part in (folder, "__pycache__", "%s.%s.pyc" % (name[:-3], tag)) if part)


def note_fault(error, path):
    fault = getattr(error, "exc_value", None)
    if isinstance(fault, SyntaxError):
        with open(path, "w") as file:
            json.dump(dict(line=fault.lineno or 1, message=fault.msg or "invalid syntax"), file)


def compile_jobs(root, output, jobs, faults):
    for source, target, name in jobs:
        try:
            py_compile.compile(
                os.path.join(root, source),
                cfile=os.path.join(output, target),
                dfile=name,
                doraise=True,
                invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
            )
        except (py_compile.PyCompileError, UnicodeError, ValueError, RecursionError, OverflowError) as error:
            if faults:
                note_fault(error, os.path.join(output, target[:-4] + ".json"))


def compile_tree(root, output, tag, prefix, exclude):
    jobs = [(module, bytecode(module, tag), prefix + "/" + module) for module in modules(root, exclude)]
    if len(jobs) <= FEW:
        return compile_jobs(root, output, jobs, False)
    running = []
    for index in range(PROCESSES):
        part = jobs[index::PROCESSES]
        if part:
            process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-B", "-W", "ignore", os.path.abspath(__file__), "jobs"],
                stdin=subprocess.PIPE,
            )
            process.stdin.write(json.dumps(dict(root=root, output=output, tag=tag, jobs=part)).encode("ascii"))
            process.stdin.close()
            running.append(process)
    if any([process.wait() for process in running]):
        sys.exit("compiling failed")


def main(words):
    mode, text = words[0], words[1] if len(words) > 1 else sys.stdin.read()
    task = json.loads(text)
    check(task["tag"])
    if mode == "tree":
        compile_tree(task["root"], task["output"], task["tag"], task["prefix"], task["exclude"])
    else:
        compile_jobs(task["root"], task["output"], task["jobs"], task.get("faults", False))


if __name__ == "__main__":
    main(sys.argv[1:])
