import requirement_lines
from requirement_lines import builds_all, files_of, forces_builds, names_index, rules_binaries, wheels_only, would_build
from support import ProgramTest

RUN = ["uv", "pip", "install", "--requirement", "a.txt", "--requirement", "b.txt"]


class RequirementLines(ProgramTest):
    def files(self, **texts):
        self.task(folder=self.folder({name + ".txt": text for name, text in texts.items()}))

    def test_the_files_of_a_run(self):
        self.assertEqual(files_of(RUN), ["a.txt", "b.txt"])
        self.assertEqual(files_of(["uv", "--requirement"]), [])

    def test_a_locked_run_may_name_an_index_in_a_line(self):
        self.files(a="six==1\n", b="  --index-url https://c\n")
        self.assertIs(names_index(RUN), False)
        self.assertIs(names_index(RUN + ["--no-deps"]), True)
        requirement_lines.task["isUnlocked"] = True
        self.assertIs(names_index(RUN + ["--no-deps"]), False)

    def test_a_line_may_force_builds_also_in_a_file_that_is_included_and_in_a_circle(self):
        self.files(
            a="-r b.txt\n", b="-c c.txt # more\n-r a.txt\n", c="\t--no-binary six\n", d="-r d.txt\n# --no-binary x\n"
        )
        for expected, names in [
            (True, ["a.txt"]),
            (True, ["c.txt"]),
            (False, ["d.txt"]),
            (False, ["none.txt"]),
            (False, []),
        ]:
            self.assertIs(forces_builds(names, frozenset()), expected, names)

    def test_uv_would_build_though_it_may_only_take_wheels(self):
        self.files(a="--no-binary six\n", b="")
        self.assertIs(would_build(RUN), False)
        self.assertIs(would_build(RUN + ["--only-binary", ":all:"]), True)
        self.patch(requirement_lines, "WHEELS_ONLY", True)
        self.assertIs(wheels_only(RUN), True)
        self.assertIs(would_build(RUN), True)

    def test_lines_may_say_what_is_built(self):
        for text, rules, builds in [
            ("six==1\n", False, False),
            ("six==1 --only-binary six\n", True, False),
            ("six==1 # --only-binary six\n", False, False),
            ("--no-binary :all:\n", False, True),
            ("--no-binary=:all:\n", False, True),
            ("--no-binary six\n", False, False),
        ]:
            self.files(a=text)
            self.assertEqual((rules_binaries([RUN]), builds_all([RUN])), (rules, builds), text)
