import json
import os
import subprocess

import whole_build
from support import ProgramTest, errors, tree, write
from whole_build import build, exchange, hook, keep_records, merge_beside, ship, tidy


class WholeBuild(ProgramTest):
    def test_a_script_that_starts_a_python_of_the_build_is_removed(self):
        kept = {"bin/own": "#!/bin/sh\necho\n", "bin/env": "#!/usr/bin/env python3\n", "bin/data": "\x00"}
        gone = {
            "bin/plain": "#!/usr/local/bin/python3.13\n",
            "bin/quoted": '#!"/a b/python"\n',
            "bin/shell": '#!/bin/sh\n\'\'\'exec\' "/very/long/python" "$0" "$@"\n',
        }
        modules = self.folder(dict(kept, **gone))
        write(modules, {"a.py": "", "a/__pycache__/x.pyc": "", ".lock": ""})
        tidy(modules)
        self.assertEqual(tree(modules), dict(kept, **{"a.py": ""}))
        modules = self.folder(gone)
        tidy(modules)
        self.assertEqual(os.listdir(modules), [])

    def test_modules_go_where_there_is_a_place(self):
        modules = self.folder({"a.py": "new", "there/x.py": "new", "there/y.py": "new", "file/deep/z.py": "new"})
        output = self.folder({"there/x.py": "old", "file": "old"})
        taken = []
        merge_beside(modules, output, "", False, taken)
        self.assertEqual(sorted(taken), ["file/deep/z.py", "there/x.py"])
        wanted = {"a.py": "new", "there/x.py": "old", "there/y.py": "new", "file": "old"}
        self.assertEqual(tree(output), wanted)

    def test_what_the_installer_reads_is_not_shipped_unless_it_is_the_users(self):
        source = self.folder(
            {"a.py": "", "pyproject.toml": "", "lib/lib.py": "", "lib/made.txt": "", "lib/own.py": "", "sub/b.py": ""}
        )
        os.symlink(source, os.path.join(source, "circle"))
        os.symlink("/no/such", os.path.join(source, "broken"))
        target = self.folder()
        ship(source, target, {"files": ["pyproject.toml"], "folders": ["lib"], "sources": ["lib/own.py"]})
        self.assertEqual(sorted(tree(target)), ["a.py", "lib/own.py", "sub/b.py"])

    def test_files_change_places_and_empty_folders_go(self):
        folder, aside = self.folder({"pip.txt": "made", "sub/made.txt": "made"}), self.folder({"pip.txt": "own"})
        exchange(folder, aside, ["pip.txt", "sub/made.txt", "none.txt"])
        self.assertEqual((tree(folder), os.listdir(folder)), ({"pip.txt": "own"}, ["pip.txt"]))
        self.assertEqual(tree(aside), {"pip.txt": "made", "sub/made.txt": "made"})
        exchange(folder, aside, ["pip.txt", "sub/made.txt", "none.txt"])
        self.assertEqual(tree(folder), {"pip.txt": "made", "sub/made.txt": "made"})
        self.assertEqual(tree(aside), {"pip.txt": "own"})

    def test_records_are_kept_beside(self):
        files = {"a-1.dist-info/" + name: name for name in ("RECORD", "METADATA", "WHEEL", "INSTALLER")}
        modules, records = self.folder(dict(files, **{"a.py": ""})), os.path.join(self.folder(), "records")
        keep_records(modules, records)
        self.assertEqual(sorted(tree(records)), ["a-1.dist-info/" + name for name in ("METADATA", "RECORD", "WHEEL")])

    def test_a_hook_that_fails_is_named_and_its_code_kept(self):
        for code, shell in [(3, 3), (137, -9)]:
            self.patch(subprocess, "call", return_value=shell)
            with errors() as said:
                self.exits(code, hook, "afterBundling", "x", "/", "/no/state")
            self.assertEqual(said.getvalue(), "commands failed: afterBundling\n")

    def test_the_second_hook_goes_on_with_the_state_of_the_first(self):
        folder = self.folder()
        state = os.path.join(folder, "the state")
        hook("beforeBundling", "value=one", folder, state)
        with open(state) as file:
            self.assertEqual(file.read(), "state=one\n")
        hook("afterBundling", 'echo "$state $PYTHONDONTWRITEBYTECODE" > seen; pwd >> seen', folder, state)
        with open(os.path.join(folder, "seen")) as file:
            self.assertEqual(file.read(), "one 1\n%s\n" % folder)
        hook("afterBundling", None, folder, state)

    def test_a_bundle_is_built_of_files_modules_and_what_hooks_make(self):
        source = self.folder({"a.py": "A", "requirements.txt": "made"})
        own = self.folder({"aside/requirements.txt": "own"})
        output, records = self.folder(), os.path.join(self.folder(), "records")
        layout = {
            "files": ["requirements.txt"],
            "folders": [],
            "sources": ["requirements.txt"],
            "generated": ["requirements.txt"],
        }
        write(own, {"layout.json": json.dumps(layout)})
        self.patch(whole_build, "__file__", os.path.join(own, "whole_build.py"))
        here = os.getcwd()
        self.addCleanup(os.chdir, here)
        os.chdir(source)
        seen = []

        def install(installers, modules):
            with open("requirements.txt") as file:
                seen.append((installers, file.read()))
            write(modules, {"six.py": "SIX", "a.py": "stranger", "six-1.dist-info/RECORD": ""})
            return 0

        whole = {
            "input": source,
            "records": records,
            "before": "cat requirements.txt > made.txt",
            "after": "cp six.py seven.py",
        }
        self.assertEqual(build({"whole": whole, "output": output, "installers": ["uv"]}, install), 0)
        self.assertEqual(seen, [(["uv"], "made")])
        wanted = {"a.py": "A", "made.txt": "own", "requirements.txt": "own"}
        wanted.update({"six.py": "SIX", "seven.py": "SIX", "six-1.dist-info/RECORD": ""})
        self.assertEqual(tree(output), wanted)
        self.assertEqual(tree(records), {"six-1.dist-info/RECORD": "", "taken.json": '["a.py"]'})

    def test_a_failed_install_ends_it(self):
        source, own = self.folder({"a.py": "A"}), self.folder()
        write(own, {"layout.json": json.dumps({"files": [], "folders": [], "sources": [], "generated": []})})
        self.patch(whole_build, "__file__", os.path.join(own, "whole_build.py"))
        whole = {"input": source, "records": "/no/such", "before": None, "after": "exit 1"}
        task = {"whole": whole, "output": self.folder(), "installers": ["uv"]}
        self.assertEqual(build(task, lambda installers, modules: 5), 5)
