from build_indexes import indexes_in_variables
from support import ProgramTest


class BuildIndexes(ProgramTest):
    def test_indexes_become_variables(self):
        variables = {"A": "1"}
        words = ["install", "-i", "https://u:p@a", "--extra-index-url", "https://b", "six", "--extra-index-url", "c"]
        self.assertEqual(indexes_in_variables(words, variables), ["install", "six"])
        self.assertEqual(variables, {"A": "1", "PIP_INDEX_URL": "https://u:p@a", "PIP_EXTRA_INDEX_URL": "https://b c"})

    def test_without_an_index_nothing_is_set(self):
        variables = {}
        self.assertEqual(
            indexes_in_variables(["install", "--no-index", "six"], variables), ["install", "--no-index", "six"]
        )
        self.assertEqual(variables, {})
