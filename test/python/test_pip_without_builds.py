import json

from pip_runs import ASKED, TARGET, run_pip
from support import ProgramTest


class PipWithoutBuilds(ProgramTest):
    def test_it_builds_nothing(self):
        code, got, place = run_pip(self, "pip_without_builds", "install", "six", **ASKED)
        self.assertEqual(code, 3, got)
        self.assertEqual((got["argv"], got["builds"], got["reports"]), (["install", "six"], False, True))
        self.assertEqual((got["alone"], got["settings"]), (["b"], {"k": "v"}))
        self.assertNotIn(place, got["path"])

    def test_it_works_for_the_target(self):
        code, got, _ = run_pip(self, "pip_without_builds", CDK_LAMBDA_PYTHON_TARGET=json.dumps(TARGET))
        self.assertEqual((code, got["markers"]), (3, TARGET))
