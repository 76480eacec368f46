import attempts
from attempts import at_levels, install_with, lacking, with_words
from support import ProgramTest, tree, write

UV, PIP = ["/tools/uv", "install"], ["{python}", "-I", "-m", "pip", "install"]
WHEELS = ["--only-binary", ":all:"]


class Attempts(ProgramTest):
    def setUp(self):
        self.environ()
        self.place = self.folder()
        self.task(folder=self.place)
        self.asked = []

    def answers(self, *answers):
        left = list(answers)

        def run_settled(runs, output, builds):
            self.asked.append((runs[0][2:] if runs[0][0] == UV[0] else runs[0][5:], builds))
            return left.pop(0)

        self.patch(attempts, "run_settled", run_settled)

    def test_words_follow_the_command(self):
        self.assertEqual(with_words(["uv", "install", "six"], ["-x"]), ["uv", "install", "-x", "six"])
        self.assertEqual(with_words(["uv", "sync"], ["-x"]), ["uv", "sync"])

    def test_what_lacks_a_wheel_is_named_once_also_where_uv_breaks_lines(self):
        said = (
            "  × No\n  ╰─▶ Wheels are\n  │   required for `a`\nWheels are required for `b` Wheels are required for `a`"
        )
        self.assertEqual(lacking(UV, said), ["a", "b"])
        self.assertEqual(lacking(PIP, "No match for a\nNo match for b because\nNo match for c"), ["a", "c"])

    def test_newer_wheels_are_tried_where_a_wheel_is_missing(self):
        self.answers((1, "Wheels are required for `a`"), (0, "newer"))
        output = self.folder({"left": ""})
        self.assertEqual(at_levels([[UV], [UV + ["newer"]]], WHEELS, False, output), (0, "newer", []))
        self.assertEqual(self.asked, [(WHEELS, False), (WHEELS + ["newer"], False)])
        self.assertEqual(tree(output), {})

    def test_a_newer_wheel_may_be_missing_too(self):
        self.answers((1, "Wheels are required for `a`"), (1, "no index"), (1, "Wheels are required for `b`"))
        answer = at_levels([[UV]] * 3, [], False, self.folder())
        self.assertEqual(answer, (1, "Wheels are required for `b`", ["b"]))

    def test_other_failures_are_the_first_answer(self):
        self.answers((1, "no index"))
        self.assertEqual(at_levels([[UV], [UV]], [], False, self.folder()), (1, "no index", []))
        self.answers((1, "a has\nother  wheels"), (1, "worse"))
        self.assertEqual(at_levels([[UV], [UV]], [], False, self.folder()), (1, "a has\nother  wheels", []))

    def test_what_has_no_wheel_is_built_one_after_the_other(self):
        lacks = "Wheels are required for `%s`"
        self.answers((1, lacks % "a"), (1, lacks % "b"), (0, "done"))
        self.assertEqual(install_with([[UV]], self.folder()), (0, "done"))
        of_a = ["--no-binary", "a"]
        wanted = [(WHEELS, False), (WHEELS + of_a, True), (WHEELS + of_a + ["--no-binary", "b"], True)]
        self.assertEqual(self.asked, wanted)

    def test_there_is_an_end_to_it(self):
        lacks = "Wheels are required for `%s`"
        self.answers(*[(1, lacks % name) for name in "abcd"])
        self.assertEqual(install_with([[UV]], self.folder()), (1, lacks % "c"))

    def test_local_packages_are_built_from_the_start(self):
        self.task(folder=self.place, localPackages=["lib"])
        self.answers((0, ""))
        install_with([[UV]], self.folder())
        self.assertEqual(self.asked, [(WHEELS + ["--no-binary", "lib"], True)])

    def test_a_pip_that_refused_to_build_may_on_the_second_run(self):
        self.answers((1, "must be built: file:///lib"), (0, ""))
        install_with([[PIP]], self.folder())
        self.assertEqual(self.asked, [(WHEELS, False), (WHEELS, True)])

    def test_nothing_is_built_where_only_wheels_are_asked_for(self):
        self.answers((1, "Wheels are required for `a`"))
        install_with([[UV + WHEELS]], self.folder())
        self.assertEqual(self.asked, [(WHEELS, False)])

    def test_settings_and_hashes_leave_the_last_word_to_the_installer(self):
        for said, variables in [
            ("Wheels are required for `a`", {"UV_NO_BUILD_PACKAGE": "b"}),
            ("Hash mismatch for a", {}),
            ("builds are\n disabled", {}),
        ]:
            with self.subTest(said):
                self.environ(**variables)
                self.asked = []
                self.answers((1, said), (0, "done"))
                self.assertEqual(install_with([[UV]], self.folder()), (0, "done"))
                self.assertEqual(self.asked, [(WHEELS, False), ([], True)])

    def test_lines_that_build_all_ask_for_no_wheels(self):
        write(self.place, {"a.txt": "--no-binary :all:\n"})
        self.answers((0, ""))
        install_with([[UV + ["--requirement", "a.txt"]]], self.folder())
        self.assertEqual(self.asked, [(["--requirement", "a.txt"], True)])

    def test_without_runs_nothing_is_installed(self):
        self.assertEqual(install_with([[]], self.folder()), (0, ""))
