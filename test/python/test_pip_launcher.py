import json
import os

from pip_runs import ASKED, TARGET, run_pip
from support import ProgramTest


class PipLauncher(ProgramTest):
    def test_a_pip_that_builds_nothing_works_for_the_target(self):
        code, got, place = run_pip(self, "pip_launcher", json.dumps(TARGET), "", "install", "six", PIP_USER="1")
        self.assertEqual(code, 3, got)
        self.assertEqual((got["argv"], got["markers"]), (["install", "six"], TARGET))
        self.assertEqual((got["builds"], got["reports"], got["paths"], got["handsIndexes"]), (False, True, False, {}))
        self.assertEqual((got["checks"], got["version"], got["users"]), (False, [3, 13, 0], True))
        forced = {"PIP_REQUIRE_VIRTUALENV": "0", "PIP_USER": "0", "PIP_USE_PEP517": "1"}
        self.assertEqual(got["variables"], forced)
        self.assertFalse({"", place} & set(got["path"]))

    def test_a_pip_that_builds_hands_indexes_on_as_variables(self):
        folder = self.folder({"environment.json": "{}"})
        code, got, _ = run_pip(self, "pip_launcher", "null", folder, "install", "six", **ASKED)
        self.assertEqual(code, 3, got)
        self.assertEqual((got["alone"], got["settings"]), (["b"], {"k": "v"}))
        self.assertEqual((got["builds"], got["markers"]), (True, {}))
        words = ["-I", os.path.join(folder, "pip_launcher.py"), "null", folder]
        self.assertEqual(got["handsIndexes"], [words, {"PIP_INDEX_URL": "x", "PIP_EXTRA_INDEX_URL": ""}])

    def test_a_pip_that_does_not_take_markers_is_refused(self):
        markers = "class Marker:\n    def __init__(self, text): pass\n    def evaluate(self): return True\n"
        files = {"pip/_vendor/packaging/markers.py": markers}
        code, said, _ = run_pip(self, "pip_launcher", json.dumps(TARGET), "", "install", files=files)
        message = "this version of pip does not take markers of another platform; install uv, or another version of pip"
        self.assertEqual((code, said), (1, message + "\n"))
