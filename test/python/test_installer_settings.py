import os

import installer_settings
from installer_settings import has_pip_file, is_on, is_set, may_follow_uv, may_use_uv, pip_setting, tell_pip
from support import ProgramTest

CONF = """[global]
index-url = https://global
trusted-host =
  a
  b
[install]
index_url = https://install
"""


class InstallerSettings(ProgramTest):
    def files(self, *contents):
        folder = self.folder({"%d.conf" % at: content for at, content in enumerate(contents)})
        paths = tuple(os.path.join(folder, "%d.conf" % at) for at in range(len(contents)))
        self.patch(installer_settings, "PIP_FILES", paths)
        return paths

    def test_which_words_switch_on(self):
        self.assertEqual([is_on(word) for word in ("1", " yes ", "x")], [True] * 3)
        self.assertEqual([is_on(word) for word in ("", " ", "0", "No", "n", "F", "false", "off")], [False] * 8)

    def test_an_empty_variable_is_not_set(self):
        self.environ(A="", B="1")
        self.assertEqual([is_set(["A"]), is_set(["A", "B"]), is_set([])], [False, True, False])

    def test_uv_may_be_used_unless_pip_alone_is_set_up(self):
        self.files()
        for expected, variables in [
            (True, {}),
            (False, {"PIP_INDEX_URL": "x"}),
            (False, {"PIP_CONSTRAINT": "x"}),
            (True, {"PIP_INDEX_URL": "x", "UV_INDEX": "y"}),
            (True, {"PIP_TIMEOUT": "9"}),
        ]:
            self.environ(**variables)
            self.assertIs(may_use_uv(), expected, variables)
        self.files(CONF)
        self.environ()
        self.assertIs(has_pip_file(), True)
        self.assertIs(may_use_uv(), False)

    def test_pip_may_follow_uv_unless_uv_alone_is_set_up(self):
        self.files()
        for expected, variables in [
            (True, {}),
            (False, {"UV_INDEX": "x"}),
            (False, {"UV_INDEX": "x", "PIP_CONSTRAINT": "x"}),
            (True, {"UV_INDEX": "x", "PIP_INDEX_URL": "x"}),
        ]:
            self.environ(**variables)
            self.assertIs(may_follow_uv(), expected, variables)
        self.files(CONF)
        self.environ(UV_INDEX="x")
        self.assertIs(may_follow_uv(), True)

    def test_pip_gets_the_indexes_of_uv_without_their_names(self):
        self.environ(
            UV_DEFAULT_INDEX="main=https://d", UV_INDEX="corp=https://a  https://b=c", UV_EXTRA_INDEX_URL="https://e"
        )
        tell_pip()
        self.assertEqual(os.environ["PIP_INDEX_URL"], "https://d")
        self.assertEqual(os.environ["PIP_EXTRA_INDEX_URL"], "https://a https://b=c https://e")
        self.assertNotIn("PIP_NO_INDEX", os.environ)

    def test_pip_gets_folders_of_wheels(self):
        self.environ(UV_NO_INDEX="1", UV_FIND_LINKS="/a,/b")
        tell_pip()
        self.assertEqual((os.environ["PIP_NO_INDEX"], os.environ["PIP_FIND_LINKS"]), ("1", "/a /b"))
        self.assertNotIn("PIP_INDEX_URL", os.environ)

    def test_a_setting_is_read_as_pip_reads_it(self):
        self.files(CONF, "not a setting\n", "[install]\nindex-url = https://later\n")
        self.environ()
        self.assertEqual(pip_setting("PIP_INDEX_URL"), "https://later")
        self.assertEqual(pip_setting("PIP_TRUSTED_HOST"), "a b")
        self.assertEqual(pip_setting("PIP_CERT"), "")
        self.environ(PIP_INDEX_URL="")
        self.assertEqual(pip_setting("PIP_INDEX_URL"), "")

    def test_a_file_that_a_variable_names_is_read_last(self):
        named = os.path.join(self.folder({"x.conf": "[global]\nindex-url = https://named\n"}), "x.conf")
        self.files("[global]\nindex-url = https://first\n")
        for expected, file in [("https://named", named), ("https://first", ""), ("", os.devnull)]:
            self.environ(PIP_CONFIG_FILE=file)
            self.assertEqual(pip_setting("PIP_INDEX_URL"), expected)
