"""What the tests of several programs share."""

import contextlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import types
import unittest
from unittest import mock

# The programs as texts, as they reach Python; test/python/programs.test.ts writes them.
PROGRAMS = os.environ["PYTHON_PROGRAMS"]


def program(name):
    return os.path.join(PROGRAMS, name + ".py")


def program_text(name):
    with open(program(name), encoding="utf-8") as file:
        return file.read()


def run_python(*words, **options):
    """The exit code and what was printed, both streams as one."""
    process = subprocess.Popen(
        (sys.executable,) + words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, **options
    )
    said = process.communicate()[0].decode("utf-8").replace("\r\n", "\n")
    return process.returncode, said


class ProgramTest(unittest.TestCase):
    def patch(self, *what, **how):
        patcher = mock.patch.object(*what, **how)
        self.addCleanup(patcher.stop)
        return patcher.start()

    def environ(self, **variables):
        """The whole environment."""
        patcher = mock.patch.dict(os.environ, variables, clear=True)
        self.addCleanup(patcher.stop)
        patcher.start()

    def task(self, **task):
        """The whole task of a container."""
        import container_task

        patcher = mock.patch.dict(container_task.task, task, clear=True)
        self.addCleanup(patcher.stop)
        patcher.start()

    def folder(self, files=()):
        folder = os.path.realpath(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        write(folder, dict(files))
        return folder

    def pip(self, **modules):
        """A pip that has these modules alone: `__` in a name is a dot, and each module a dictionary of its names."""
        known = {}
        for name, content in modules.items():
            parts = name.split("__")
            for depth in range(1, len(parts) + 1):
                path = ".".join(["pip"] + parts[:depth])
                known.setdefault(path, types.ModuleType(path))
            for key, value in content.items():
                setattr(known[path], key, value)
        known.setdefault("pip", types.ModuleType("pip")).__path__ = []
        for path, module in known.items():
            module.__path__ = []
            if "." in path:
                above, _, own = path.rpartition(".")
                setattr(known[above], own, module)
        others = {name: None for name in sys.modules if name == "pip" or name.startswith("pip.")}
        patcher = mock.patch.dict(sys.modules, dict(others, **known))
        self.addCleanup(patcher.stop)
        patcher.start()
        return known

    def exits(self, message, call, *args):
        with self.assertRaises(SystemExit) as raised:
            call(*args)
        self.assertEqual(raised.exception.code, message)


def write(folder, files):
    for name, content in files.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(content)


def tree(folder):
    """The contents of all files below a folder by their paths."""
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            with open(path, encoding="utf-8", newline="") as file:
                found[os.path.relpath(path, folder).replace(os.sep, "/")] = file.read()
    return found


@contextlib.contextmanager
def errors():
    """What is written to the standard error meanwhile."""
    said = io.StringIO()
    with contextlib.redirect_stderr(said):
        yield said
