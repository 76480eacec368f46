import json

from pip_runs import TARGET, run_pip
from support import ProgramTest


class PipWithoutBuilds(ProgramTest):
    def test_it_works_for_the_target_and_builds_nothing(self):
        code, got, place = run_pip(self, "pip_without_builds", "install", "six", TARGET=json.dumps(TARGET))
        self.assertEqual(code, 3, got)
        self.assertEqual((got["argv"], got["builds"], got["reports"]), (["install", "six"], False, True))
        self.assertNotIn(place, got["path"])
