import json
import os
import shutil

from support import ProgramTest, program, run_python

SEEN = "import json, os, sys; print(json.dumps([dict(os.environ), sys.path]))"


class BuildSite(ProgramTest):
    def setUp(self):
        self.place = self.folder()
        shutil.copy(program("build_site"), os.path.join(self.place, "sitecustomize.py"))

    def seen(self, **more):
        return run_python("-c", SEEN, env=dict(PYTHONPATH=self.place, SECRET="s", **more), cwd=self.place)

    def test_a_build_sees_its_own_variables_alone_and_not_the_folder(self):
        with open(os.path.join(self.place, "environment.json"), "w") as file:
            json.dump({"HOME": "/home"}, file)
        code, said = self.seen(VIRTUAL_ENV="/venv")
        variables, path = json.loads(said)
        # What a C library or an operating system adds is there as well.
        known = {name: variables[name] for name in ("HOME", "VIRTUAL_ENV")}
        self.assertEqual((code, known), (0, {"HOME": "/home", "VIRTUAL_ENV": "/venv"}))
        self.assertFalse({"SECRET", "PYTHONPATH"} & set(variables))
        self.assertNotIn(self.place, path)

    def test_a_python_that_is_not_a_build_keeps_all(self):
        code, said = self.seen()
        self.assertEqual((code, json.loads(said)[0]["SECRET"]), (0, "s"))

    def test_what_cannot_be_hidden_does_not_run(self):
        code, said = self.seen(VIRTUAL_ENV="/venv")
        self.assertEqual(code, 70)
        self.assertTrue(said.startswith("cannot hide the environment from a build: "), said)
