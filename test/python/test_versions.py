import os

import versions
from support import ProgramTest, errors, write
from versions import choose_alike, date_for, lacks_hashes, options_for_uv, take_variables

UV, PIP = "/tools/uv", "{python}"


class Versions(ProgramTest):
    def setUp(self):
        self.here = self.folder()
        self.patch(versions, "own_folder", return_value=self.here)

    def chosen(self, program, variables, words=(), is_first=True, **task):
        """Whether the installer may run, what is said of it, and the variables that it gets."""
        self.task(**dict({"isPinned": False, "folder": self.here}, **task))
        self.environ(**variables)
        self.patch(versions, "SAID", dict(variables))
        with errors() as said:
            may = choose_alike(program, [["program"] + list(words)], is_first)
        changed = {name: value for name, value in os.environ.items() if variables.get(name) != value}
        return may, said.getvalue(), changed

    def test_dates_mean_the_same_to_both(self):
        for expected, value, days in [
            ("2024-02-01", "2024-01-31", 1),
            ("2023-12-31", " 2024-01-01 ", -1),
            ("2024-01-31T01:02:03Z", "2024-01-31 01:02:03Z", 1),
            ("2024-01-31T01:02:03.5+01:00", "2024-01-31T01:02:03.5+01:00", -1),
            ("P7D", "P7D", -1),
            (None, "P7D", 1),
            (None, "7 days", 1),
            (None, "", -1),
        ]:
            self.assertEqual(date_for(value, days), expected, value)

    def test_a_variable_of_the_other_installer_is_said_in_words_of_this_one(self):
        for program, variables, changed in [
            (PIP, {"UV_EXCLUDE_NEWER": "2024-01-31"}, {"PIP_UPLOADED_PRIOR_TO": "2024-02-01"}),
            (UV, {"PIP_UPLOADED_PRIOR_TO": "2024-02-01"}, {"UV_EXCLUDE_NEWER": "2024-01-31"}),
            (UV, {"PIP_PRE": "1"}, {"UV_PRERELEASE": "allow"}),
            (UV, {"PIP_PRE": "off"}, {}),
            (UV, {"PIP_ALL_RELEASES": ":all:"}, {"UV_PRERELEASE": "allow"}),
            (UV, {"PIP_ONLY_FINAL": ":all:"}, {"UV_PRERELEASE": "disallow"}),
            (PIP, {"UV_PRERELEASE": "allow"}, {"PIP_PRE": "1"}),
            (PIP, {"UV_PRERELEASE": "if-necessary-or-explicit"}, {}),
            (UV, {"UV_EXCLUDE_NEWER": "2020-01-01", "PIP_UPLOADED_PRIOR_TO": "2024-02-01"}, {}),
            (
                UV,
                {"PIP_CONSTRAINT": "a b", "UV_CONSTRAINT": "c a"},
                {"UV_CONSTRAINT": "c a b", "PIP_CONSTRAINT": "c a b"},
            ),
        ]:
            with self.subTest(variables):
                self.pip()
                versions.sys.modules["pip"].__version__ = "26.1"
                self.assertEqual(self.chosen(program, variables), (True, "", changed))

    def test_what_it_has_no_words_for_is_refused(self):
        for program, variables, said in [
            (PIP, {"UV_OVERRIDE": "x"}, "pip UV_OVERRIDE:other"),
            (PIP, {"UV_RESOLUTION": "lowest"}, "pip UV_RESOLUTION:other"),
            (PIP, {"UV_PRERELEASE": "explicit"}, "pip UV_PRERELEASE:other"),
            (PIP, {"UV_EXCLUDE_NEWER": "7 days"}, "pip UV_EXCLUDE_NEWER:value"),
            (UV, {"PIP_IGNORE_REQUIRES_PYTHON": "1"}, "uv PIP_IGNORE_REQUIRES_PYTHON:other"),
            (UV, {"PIP_USE_DEPRECATED": "legacy-resolver"}, "uv PIP_USE_DEPRECATED:other"),
            (UV, {"PIP_ONLY_FINAL": "six"}, "uv PIP_ONLY_FINAL:other"),
            (UV, {"UV_STRICT": "1", "PIP_STRICT": "1"}, "uv PIP_STRICT:no-hashes UV_STRICT:no-hashes"),
        ]:
            with self.subTest(variables):
                may, given, _ = self.chosen(program, variables)
                self.assertEqual((may, given), (False, "refused: %s\n" % said))

    def test_after_another_installer_it_is_refused_without_a_word(self):
        self.assertEqual(self.chosen(PIP, {"UV_OVERRIDE": "x"}, is_first=False)[:2], (False, ""))

    def test_an_old_pip_cannot_choose_by_date(self):
        self.pip()
        versions.sys.modules["pip"].__version__ = "25.9"
        may, given, _ = self.chosen(PIP, {"UV_EXCLUDE_NEWER": "2024-01-31"})
        self.assertEqual((may, given), (False, "refused: pip UV_EXCLUDE_NEWER:old-pip\n"))

    def test_a_date_of_the_run_comes_before_one_of_a_variable(self):
        may, _, changed = self.chosen(UV, {"PIP_UPLOADED_PRIOR_TO": "x"}, ["--exclude-newer", "2024-01-01"])
        self.assertEqual((may, changed), (True, {}))

    def test_pinned_versions_are_not_chosen(self):
        self.assertEqual(self.chosen(PIP, {"UV_OVERRIDE": "x", "UV_PRERELEASE": "x"}, isPinned=True), (True, "", {}))

    def test_a_lock_lacks_hashes_where_a_line_has_none(self):
        runs = [["uv", "--requirement", "a.txt"]]
        for expected, text in [
            (False, "# x\n--index-url https://a\n./local\n/local\n\nsix==1 --hash=sha256:0\n"),
            (True, "six==1 --hash=sha256:0\nlib==1\n"),
        ]:
            write(self.here, {"a.txt": text})
            self.task(isPinned=True, folder=self.here)
            self.assertIs(lacks_hashes(runs), expected, text)
            self.assertIs(lacks_hashes([runs[0] + ["--require-hashes"]]), False)
        self.task(isPinned=False, folder=self.here)
        self.assertIs(lacks_hashes([]), True)

    def test_variables_of_this_machine_lie_beside_the_script(self):
        write(self.here, {"variables.json": '{"UV_CONSTRAINT": "{tools}/c.txt"}'})
        self.environ()
        take_variables("none.json")
        self.assertEqual(dict(os.environ), {})
        take_variables("variables.json")
        self.assertEqual(dict(os.environ), {"UV_CONSTRAINT": self.here + "/c.txt"})

    def test_uv_gets_options_for_what_it_has_no_variable_for(self):
        for expected, variables, pinned in [
            ([], {"PIP_NO_DEPS": "0"}, False),
            (["--no-index"], {"UV_NO_INDEX": "1"}, True),
            (["--no-deps"], {"PIP_NO_DEPENDENCIES": "1"}, False),
            ([], {"PIP_NO_DEPS": "1"}, True),
        ]:
            self.task(isPinned=pinned)
            self.environ(**variables)
            self.assertEqual(options_for_uv(), expected, variables)
