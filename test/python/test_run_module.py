from support import ProgramTest, program_text, run_python


class RunModule(ProgramTest):
    def test_a_module_runs_with_its_arguments_and_not_one_of_the_current_folder(self):
        folder = self.folder({"json/__init__.py": "", "json/tool.py": "print('a stranger')\n", "in.json": "[1]"})
        text = program_text("run_module")
        code, said = run_python("-I", "-c", text, "json.tool", "in.json", cwd=folder)
        self.assertEqual((code, said), (0, "[\n    1\n]\n"))
