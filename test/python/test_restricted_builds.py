import json
import os
import sys

from restricted_builds import restrict_builds
from support import ProgramTest


class RestrictedBuilds(ProgramTest):
    def started(self, which, cmd, **options):
        """How a pip starts a process, with `folder` as what builds see."""
        calls = []

        def call(*args, **kwargs):
            calls.append((args, kwargs))

        known = self.pip(
            _internal__build_env={"call_subprocess": call}, _internal__utils__subprocess={"call_subprocess": call}
        )
        restrict_builds(self.place)
        known[which].call_subprocess(cmd, "more", **options)
        return calls[0]

    def setUp(self):
        self.place = self.folder({"environment.json": json.dumps({"HOME": "/home"})})
        self.environ(PATH="/bin", SECRET="s", PIP_TOKEN="t")

    def test_a_build_gets_its_own_variables_alone(self):
        args, kwargs = self.started(
            "pip._internal.utils.subprocess", ["python"], extra_environ={"PEP517_X": "1", "Y": "2"}, unset_environ=["Z"]
        )
        self.assertEqual(args, (["python"], "more"))
        self.assertEqual(kwargs["extra_environ"], {"HOME": "/home", "PATH": "/bin", "PEP517_X": "1"})
        self.assertEqual(sorted(kwargs["unset_environ"]), ["PIP_TOKEN", "SECRET", "Z"])

    def test_the_pip_for_what_a_build_requires_is_this_launcher_with_the_indexes_as_variables(self):
        cmd = [sys.executable, "/pip", "install", "-i", "https://u:p@a", "setuptools"]
        args, kwargs = self.started("pip._internal.build_env", cmd, extra_environ=None, spinner="s")
        launcher = os.path.join(self.place, "launcher.py")
        words = [sys.executable, "-I", launcher, "null", self.place, "install", "setuptools"]
        self.assertEqual(args, (words, "more"))
        variables = {"PIP_INDEX_URL": "https://u:p@a", "PIP_EXTRA_INDEX_URL": ""}
        self.assertEqual(kwargs, {"extra_environ": variables, "spinner": "s"})

    def test_a_pip_that_starts_builds_in_another_way_is_refused(self):
        self.pip(_internal__build_env={}, _internal__utils__subprocess={"call_subprocess": print})
        self.exits(
            "this version of pip cannot be kept from handing its environment to builds; "
            "install uv, or another version of pip",
            restrict_builds,
            self.place,
        )
