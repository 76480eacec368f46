import io
import json
import os
import subprocess
import sys

import install
import whole_build
from support import ProgramTest, errors, tree, write

UV, PIP = ["/tools/uv", "pip", "install"], ["{python}", "-I", "-m", "pip", "install"]


class Errors(io.StringIO):
    """A standard error that takes bytes as well."""

    def __init__(self):
        super().__init__()
        self.buffer = self

    def write(self, text):
        return super().write(text.decode("utf-8") if isinstance(text, bytes) else text)


class Install(ProgramTest):
    def setUp(self):
        self.environ()
        self.here, self.bytecode = self.folder(), self.folder()
        self.patch(install, "own_folder", return_value=self.here)
        self.patch(install, "BYTECODE_FOLDER", self.bytecode)
        self.patch(sys, "stderr", Errors())
        self.started = []

    def installed(self, *answers, **changes):
        """The answer of an install with uv and then pip, each of which gives one answer."""
        left = list(answers)

        def install_with(levels, output):
            self.started.append(levels[0][0][0])
            return left.pop(0)

        known = {
            "lacks_git": lambda: False,
            "ordered_by": lambda: "",
            "may_use_uv": lambda: True,
            "may_follow_uv": lambda: True,
            "would_build": lambda argv: False,
            "choose_alike": lambda program, runs, is_first: True,
            "pages_seen": lambda *_: "pages\n",
            "tell_uv": lambda: self.started.append("uv is set up"),
            "tell_pip": lambda: self.started.append("pip is set up"),
            "install_with": install_with,
            "name_installer": lambda program: self.started.append("named " + program),
        }
        for name, function in dict(known, **changes).items():
            self.patch(install, name, function)
        self.patch(os, "access", return_value=True)
        return install.install([[UV], [PIP]], self.folder())

    def test_the_first_that_succeeds_has_installed(self):
        self.assertEqual(self.installed((0, "said\n")), 0)
        self.assertEqual(self.started, ["/tools/uv", "named /tools/uv"])
        self.assertEqual(sys.stderr.getvalue(), "said\n")

    def test_pip_has_the_last_word(self):
        self.assertEqual(self.installed((1, "uv\n"), (2, "pip\n")), 2)
        self.assertEqual(self.started, ["/tools/uv", "{python}"])
        self.assertEqual(sys.stderr.getvalue(), "uv\npip\n")

    def test_pip_does_not_follow_where_only_uv_knows_the_index(self):
        self.assertEqual(self.installed((1, "uv\n"), may_follow_uv=lambda: False), 1)
        self.assertEqual((self.started, sys.stderr.getvalue()), (["/tools/uv"], "uv\npages\n"))

    def test_pip_gets_the_indexes_of_uv_where_uv_is_not_there(self):
        answer = self.installed((0, ""), may_follow_uv=lambda: False, may_use_uv=lambda: False)
        self.assertEqual((answer, self.started), (0, ["pip is set up", "{python}", "named {python}"]))

    def test_a_uv_that_would_build_is_left_out(self):
        self.assertEqual(self.installed((0, ""), would_build=lambda argv: True), 0)
        self.assertEqual(self.started, ["{python}", "named {python}"])

    def test_uv_alone_installs_where_the_order_of_indexes_counts(self):
        answer = self.installed((1, "uv\n"), ordered_by=lambda: "UV_INDEX", may_use_uv=lambda: False)
        self.assertEqual((answer, self.started), (1, ["uv is set up", "/tools/uv"]))

    def test_without_uv_the_order_is_refused(self):
        self.installed(ordered_by=lambda: "UV_INDEX", would_build=lambda argv: True)
        self.assertEqual((self.started, sys.stderr.getvalue()), (["uv is set up"], "order refused: UV_INDEX\n"))

    def test_without_an_installer_that_may_run_nothing_is_installed(self):
        self.patch(os, "access", return_value=False)
        known = {"lacks_git": False, "ordered_by": "", "may_use_uv": True, "may_follow_uv": True}
        for name, value in known.items():
            self.patch(install, name, return_value=value)
        self.assertEqual(install.install([[UV]], self.folder()), 1)
        self.assertEqual(sys.stderr.getvalue(), "no uv\n")
        self.assertEqual(install.install([], self.folder()), 127)

    def test_variables_that_cannot_be_honoured_end_it(self):
        self.assertEqual(self.installed(choose_alike=lambda *_: False), 1)
        self.assertEqual(self.started, [])

    def test_a_container_without_git_is_refused(self):
        self.assertEqual(self.installed(lacks_git=lambda: True), 1)
        self.assertEqual((self.started, sys.stderr.getvalue()), ([], "no Git\n"))

    def test_an_installer_is_named_with_its_version(self):
        self.pip()
        sys.modules["pip"].__version__ = "26.1"
        install.name_installer("{python}")
        self.assertEqual(tree(self.bytecode), {".installer": '{"name": "pip", "version": "26.1"}'})
        self.patch(subprocess, "check_output", return_value=b"uv 0.9.16 (x)\n")
        install.name_installer("/tools/uv")
        self.assertEqual(tree(self.bytecode), {".installer": '{"name": "uv", "version": "0.9.16"}'})

    def test_one_that_does_not_say_its_version_is_not_named(self):
        self.patch(subprocess, "check_output", return_value=b"")
        install.name_installer("/tools/uv")
        self.assertEqual(tree(self.bytecode), {})


class Main(ProgramTest):
    def setUp(self):
        self.here, self.bytecode, self.calls = self.folder({"canary": "sings"}), self.folder(), []
        self.environ()
        self.task()
        self.patch(install, "own_folder", return_value=self.here)
        self.patch(install, "BYTECODE_FOLDER", self.bytecode)
        self.patch(install, "reach_alike", return_value=None)
        self.patch(subprocess, "call", lambda argv: self.calls.append(argv))

    def run_main(self, code=0, **task):
        self.patch(install, "install", lambda installers, output: self.calls.append((installers, output)) or code)
        task = dict({"installers": [["run"]], "output": "/out", "bytecode": None}, **task)
        with errors():
            return install.main([json.dumps(task)])

    def test_a_canary_is_handed_back_before_anything_is_installed(self):
        self.patch(install, "reach_alike", lambda: self.calls.append(tree(self.bytecode)))
        self.assertEqual(self.run_main(7), 7)
        self.assertEqual(self.calls, [{"canary-back": "sings"}, ([["run"]], "/out")])

    def test_variables_of_this_machine_are_taken_first(self):
        write(self.here, {"links.json": '{"PIP_FIND_LINKS": "/links"}'})
        self.patch(install, "take_variables", lambda name: self.calls.append((name, tree(self.bytecode))))
        self.run_main()
        self.assertEqual(self.calls[0], ("links.json", {}))

    def test_what_was_installed_is_compiled(self):
        self.run_main(bytecode={"tag": "cpython-313"})
        script = os.path.join(self.here, "bytecode.py")
        argv = [sys.executable, "-I", "-S", "-B", script, "tree"]
        self.assertEqual(self.calls[1][:-1], argv)
        self.assertEqual(json.loads(self.calls[1][-1]), {"tag": "cpython-313", "root": "/out"})

    def test_nothing_is_compiled_after_a_failure(self):
        self.assertEqual(self.run_main(1, bytecode={"tag": "cpython-313"}), 1)
        self.assertEqual(self.calls, [([["run"]], "/out")])

    def test_a_whole_build_installs_in_the_midst_of_it(self):
        def build(task, install):
            return install(task["installers"], "/modules")

        path = list(sys.path)
        self.patch(sys, "path", path)
        self.patch(whole_build, "build", build)
        self.assertEqual(self.run_main(whole={"input": "/in"}), 0)
        self.assertEqual((self.calls, path[0]), ([([["run"]], "/modules")], self.here))
