import json
import os
import sys

import installer_runs
from installer_runs import guarded, is_handed_on, merge, remove, run, run_all, without_builds
from support import ProgramTest, tree, write

SEEN = "import json, os, sys; print(json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]))"


class InstallerRuns(ProgramTest):
    def setUp(self):
        self.here, self.place = self.folder(), self.folder()
        self.patch(installer_runs, "own_folder", return_value=self.here)
        self.task(folder=self.place, isPinned=True)

    def seen(self, words, **variables):
        self.environ(**variables)
        code, said = run(["{python}", "-c", SEEN] + words, "/out", True)
        self.assertEqual(code, 0, said)
        return json.loads(said)

    def test_which_variables_are_handed_on(self):
        names = ["HOME", "UV_HANDED_ON", "PIP_HANDED_ON", "UV_INDEX_CORP_PASSWORD", "UV_OTHER", "PIP_X", "UV_CHOOSING"]
        self.assertEqual([is_handed_on(name) for name in names], [True] * 4 + [False] * 3)
        self.task(isPinned=False)
        self.assertIs(is_handed_on("UV_CHOOSING"), True)

    def test_a_run_is_in_the_folder_of_the_task_with_its_placeholders_filled(self):
        words, folder, variables = self.seen(["{output}", "x{output}", "{python}"], UV_HANDED_ON="1", PIP_X="2")
        self.assertEqual((words, folder), (["/out", "x{output}", sys.executable], self.place))
        given = {
            name: value for name, value in variables.items() if name not in ("LC_CTYPE", "__CF_USER_TEXT_ENCODING")
        }
        self.assertEqual(given, {"UV_HANDED_ON": "1", "PIP_USE_PEP517": "1", "CONFIG_SETTINGS": "[]"})

    def test_pip_gets_markers_and_settings_as_variables(self):
        self.task(folder=self.place, isPinned=True, markers={"a": "b"}, configSettings=[{"name": "lib"}])
        variables = self.seen([])[2]
        self.assertEqual((variables["TARGET"], variables["CONFIG_SETTINGS"]), ('{"a": "b"}', '[{"name": "lib"}]'))

    def test_a_run_whose_requirements_name_an_index_gets_no_other(self):
        write(self.place, {"a.txt": "--index-url https://c\n"})
        words = ["--no-deps", "--requirement", "a.txt"]
        self.assertNotIn("UV_INDEX", self.seen(words, UV_INDEX="https://m")[2])
        self.assertIn("UV_INDEX", self.seen(words[1:], UV_INDEX="https://m")[2])

    def test_both_streams_are_one_and_a_code_is_handed_on(self):
        self.environ()
        script = "import os; os.write(2, b'\\xff'); os.write(1, b'out'); os._exit(7)"
        self.assertEqual(run(["{python}", "-c", script], "", True), (7, "\ufffdout"))

    def test_a_program_that_does_not_start_is_an_answer(self):
        self.environ()
        code, said = run(["/no/such/program"], "", True)
        self.assertEqual(code, 126)
        self.assertIn("/no/such/program", said)

    def test_uv_gets_the_file_of_the_image_in_the_place_of_none(self):
        self.assertEqual(guarded(["/tools/uv", "--no-config", "pip"]), ["/tools/uv", "--no-config", "pip"])
        file = os.path.join(self.here, "uv.toml")
        write(self.here, {"uv.toml": ""})
        self.patch(installer_runs, "UV_FILE", file)
        self.assertEqual(guarded(["/tools/uv", "--no-config", "pip"]), ["/tools/uv", "--config-file", file, "pip"])
        self.assertEqual(guarded(["{python}", "--no-config"]), ["{python}", "--no-config"])

    def test_a_pip_that_may_not_build_is_one_that_cannot(self):
        pip = ["{python}", "-I", "-m", "pip", "install"]
        place = os.path.join(self.here, "wheels_pip.py")
        self.assertEqual(without_builds(pip), ["{python}", "-I", place, "install"])
        self.assertEqual(without_builds(["/tools/uv", "pip", "install"]), ["/tools/uv", "pip", "install"])

    def test_a_pip_that_may_build_hands_indexes_on_as_variables_where_that_is_there(self):
        write(self.here, {"quiet_pip.py": SEEN, "wheels_pip.py": "print('wheels')"})
        self.environ()
        pip = ["{python}", "-I", "-m", "pip", "install"]
        self.assertEqual(json.loads(run(pip, "", True)[1])[0], ["install"])
        self.assertEqual(run(pip, "", False), (0, "wheels\n"))

    def test_trees_are_merged_and_the_new_file_wins(self):
        new = self.folder({"a/x": "new", "a/y": "new", "file/z": "new", "folder": "new"})
        old = self.folder({"a/x": "old", "a/w": "old", "file": "old", "folder/v": "old"})
        merge(new, old)
        wanted = {"a/x": "new", "a/y": "new", "a/w": "old", "file/z": "new", "folder": "new"}
        self.assertEqual(tree(old), wanted)

    def test_a_link_is_removed_and_not_what_it_leads_to(self):
        folder = self.folder({"a/x": "kept"})
        os.symlink(os.path.join(folder, "a"), os.path.join(folder, "link"))
        remove(os.path.join(folder, "link"))
        remove(os.path.join(folder, "none"))
        self.assertEqual(tree(folder), {"a/x": "kept"})

    def test_runs_are_put_together_until_one_fails(self):
        self.environ()
        script = "import os, sys; os.mkdir(os.path.join(*sys.argv[:0:-1])); print(sys.argv[1]); sys.exit(%s)"
        runs = [
            ["{python}", "-c", script % code, name, "{output}"]
            for name, code in [("a", 0), ("b", 0), ("c", 5), ("d", 0)]
        ]
        output = self.folder()
        self.assertEqual(run_all(runs[:2], output, True), (0, "a\nb\n"))
        self.assertEqual(sorted(os.listdir(output)), ["a", "b"])
        output = self.folder()
        self.assertEqual(run_all(runs, output, True), (5, "a\nb\nc\n"))
        self.assertEqual(sorted(os.listdir(output)), ["a", "b"])
