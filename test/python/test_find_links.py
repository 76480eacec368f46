import collections
import types

from find_links import prefer_find_links
from support import ProgramTest

CollectedSources = collections.namedtuple("CollectedSources", ["find_links", "index_urls"])


def file_of(page):
    return types.SimpleNamespace(link=types.SimpleNamespace(comes_from=page))


class FindLinks(ProgramTest):
    def pip_with(self, files):
        self.collector = type(
            "LinkCollector", (), {"collect_sources": lambda _: CollectedSources("folders", "indexes")}
        )
        self.finder = type("PackageFinder", (), {"find_all_candidates": lambda _, name: files})
        self.pip(
            _internal__index__collector={"CollectedSources": CollectedSources, "LinkCollector": self.collector},
            _internal__index__package_finder={"PackageFinder": self.finder},
        )

    def test_files_of_folders_come_last_in_their_order(self):
        first, second, third = file_of(None), file_of("https://index/simple/a/"), file_of(None)
        self.pip_with([first, second, third])
        prefer_find_links()
        self.assertEqual(self.finder().find_all_candidates("a"), [second, first, third])

    def test_indexes_are_read_before_folders(self):
        self.pip_with([])
        prefer_find_links()
        self.assertEqual(self.collector().collect_sources(), CollectedSources("indexes", "folders"))

    def test_an_old_pip_is_left_as_it_is(self):
        self.pip_with(["as it was"])
        self.pip(_internal__index__collector={"LinkCollector": self.collector})
        prefer_find_links()
        self.assertEqual(self.finder().find_all_candidates("a"), ["as it was"])
