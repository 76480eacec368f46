import json

from support import ProgramTest, program_text, run_python


class SearchPath(ProgramTest):
    def test_it_is_that_of_an_isolated_python(self):
        text = program_text("search_path")
        given = json.loads(run_python("-I", "-c", "import json, sys; print(json.dumps(sys.path))")[1])
        code, said = run_python("-I", "-c", text, cwd=self.folder())
        self.assertEqual(code, 0)
        self.assertEqual(said.splitlines()[: len(given)], given)
