import os

import installer_settings
from index_order import ordered_by, tell_uv
from support import ProgramTest


class IndexOrder(ProgramTest):
    def setUp(self):
        self.patch(installer_settings, "PIP_FILES", ())

    def test_what_gives_indexes_an_order(self):
        for expected, task, variables in [
            ("", {}, {}),
            ("line", {"isOrdered": True}, {}),
            ("UV_INDEX", {}, {"UV_INDEX": "x", "PIP_EXTRA_INDEX_URL": "y"}),
            ("PIP_EXTRA_INDEX_URL", {}, {"PIP_EXTRA_INDEX_URL": "y"}),
            ("", {"isPinned": True, "isOrdered": True}, {"UV_INDEX": "x"}),
            ("", {"installer": "pip", "isOrdered": True}, {}),
            ("", {"isOrdered": True}, {"UV_INDEX_STRATEGY": "as-pip"}),
            ("line", {"isOrdered": True}, {"UV_INDEX_STRATEGY": "first-index"}),
        ]:
            self.task(**dict({"isPinned": False}, **task))
            self.environ(**variables)
            self.assertEqual(ordered_by(), expected, (task, variables))

    def test_a_file_of_pip_gives_one_too(self):
        file = os.path.join(self.folder({"pip.conf": "[global]\nextra-index-url = https://a\n"}), "pip.conf")
        self.patch(installer_settings, "PIP_FILES", (file,))
        self.task(isPinned=False)
        self.environ()
        self.assertEqual(ordered_by(), "pip.conf")

    def test_uv_gets_what_pip_is_set_to(self):
        self.environ(
            PIP_INDEX_URL="https://d",
            PIP_EXTRA_INDEX_URL="a  b",
            PIP_NO_INDEX="no",
            PIP_FIND_LINKS="/x /y",
            UV_CONSTRAINT="c",
            PIP_CONSTRAINT="d",
        )
        tell_uv()
        given = {name: value for name, value in os.environ.items() if name.startswith("UV_")}
        wanted = {"UV_DEFAULT_INDEX": "https://d", "UV_INDEX": "a b", "UV_FIND_LINKS": "/x,/y", "UV_CONSTRAINT": "c"}
        self.assertEqual(given, wanted)

    def test_uv_keeps_indexes_of_its_own(self):
        self.environ(PIP_INDEX_URL="https://d", UV_INDEX="https://u")
        tell_uv()
        self.assertNotIn("UV_DEFAULT_INDEX", os.environ)
