import os

import uv_pages
from support import ProgramTest, tree
from uv_pages import pages_seen

SAID = "there are no\n  versions of six"


class UvPages(ProgramTest):
    def setUp(self):
        self.asked = []
        self.environ()

        def run_all(runs, output, builds):
            self.asked.append((runs, builds))
            return 1, "\x1b[32mReceived response\x1b[0m\nother\nRedirecting to `x`\n"

        self.patch(uv_pages, "run_all", run_all)

    def test_uv_is_asked_once_more_and_its_pages_are_kept(self):
        output = self.folder({"left": ""})
        self.assertEqual(
            pages_seen("/tools/uv", 1, SAID, [["uv", "six"]], output), "uv: Received response\nuv: Redirecting to `x`\n"
        )
        self.assertEqual(self.asked, [([["uv", "six", "--refresh"]], False)])
        self.assertEqual((os.environ["RUST_LOG"], tree(output)), ("trace", {}))

    def test_nothing_is_asked_of_pip_or_after_another_failure_or_none(self):
        for program, code, said in [("{python}", 1, SAID), ("/tools/uv", 0, SAID), ("/tools/uv", 1, "no network")]:
            self.assertEqual(pages_seen(program, code, said, [["uv"]], self.folder()), "")
        self.assertEqual(self.asked, [])
