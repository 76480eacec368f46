import json

from pip_by_variables import hand_on_indexes
from pip_runs import ASKED, TARGET, run_pip
from support import ProgramTest


class PipByVariables(ProgramTest):
    def test_it_builds_and_hands_indexes_on_as_variables(self):
        code, got, place = run_pip(self, "pip_by_variables", "install", "six", **ASKED)
        self.assertEqual(code, 3, got)
        self.assertEqual((got["argv"], got["builds"], got["reports"]), (["install", "six"], True, True))
        self.assertEqual(got["handsIndexes"], {"PIP_INDEX_URL": "x", "PIP_EXTRA_INDEX_URL": ""})
        self.assertEqual((got["alone"], got["settings"]), (["b"], {"k": "v"}))
        self.assertNotIn(place, got["path"])

    def test_it_works_for_the_target(self):
        code, got, _ = run_pip(self, "pip_by_variables", CDK_LAMBDA_PYTHON_TARGET=json.dumps(TARGET))
        self.assertEqual((code, got["markers"]), (3, TARGET))

    def test_a_pip_that_works_in_another_way_is_left_as_it_is(self):
        known = self.pip(_internal__build_env={})
        hand_on_indexes()
        self.assertFalse(hasattr(known["pip._internal.build_env"], "call_subprocess"))
