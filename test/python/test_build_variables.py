import json
import os

from build_variables import build_variables
from support import ProgramTest


class BuildVariables(ProgramTest):
    def seen(self, environ, of_file):
        self.place = self.folder({"environment.json": json.dumps(of_file)})
        return build_variables(environ, self.place)

    def test_a_build_sees_those_of_the_file_and_what_an_installer_tells_it(self):
        given = {"PATH": "/bin", "VIRTUAL_ENV": "/venv", "PEP517_X": "1", "_PYPROJECT_HOOKS_Y": "2"}
        environ = dict(given, SECRET="s", PIP_INDEX_URL="https://u:p@i")
        self.assertEqual(self.seen(environ, {"HOME": "/home", "PATH": "/usr/bin"}), dict(given, HOME="/home"))

    def test_it_does_not_import_from_the_folder_of_this_library(self):
        place = self.folder({"environment.json": "{}"})
        paths = {"PYTHONPATH": os.pathsep.join([place, "", "/a", "/b"])}
        self.assertEqual(build_variables(paths, place), {"PYTHONPATH": os.pathsep.join(["/a", "/b"])})
        self.assertEqual(build_variables({"PYTHONPATH": place}, place), {})
