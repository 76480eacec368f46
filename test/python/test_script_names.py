from script_names import is_path, refuse_script_paths
from support import ProgramTest


class InstallationError(Exception):
    pass


class ScriptNames(ProgramTest):
    def test_which_names_are_paths(self):
        for name in ["", ".", "..", "a/b", "/etc/x", "../x", "a\\b"]:
            self.assertIs(is_path(name), True, name)
        for name in ["tool", "tool.py", "..tool", "to ol"]:
            self.assertIs(is_path(name), False, name)

    def test_a_script_is_written_only_where_all_its_names_are_names(self):
        written = []
        maker = type("ScriptMaker", (), {"_write_script": lambda self, names, *_, **__: written.append(names)})
        self.pip(
            _internal__exceptions={"InstallationError": InstallationError},
            _vendor__distlib__scripts={"ScriptMaker": maker},
        )
        refuse_script_paths()
        maker()._write_script({"tool"}, b"#!", ext="py")
        with self.assertRaisesRegex(InstallationError, "^a distribution names a script that is a path: '/etc/x'$"):
            maker()._write_script(["tool", "/etc/x"], b"#!")
        self.assertEqual(written, [{"tool"}])
