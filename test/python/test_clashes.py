import base64
import hashlib
import os

import clashes
from clashes import clashes_in, distributions_in, holds, run_settled, ways_alone
from support import ProgramTest, tree, write


def digest(content):
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(content.encode()).digest()).rstrip(b"=").decode()


def distribution(name, **files):
    """What an installer writes for a distribution with these modules."""
    folder = "%s-1.dist-info" % name
    record = "".join("%s.py,%s,1\n" % (file, digest(content)) for file, content in files.items())
    metadata = "Metadata-Version: 2.1\nName: %s\nVersion: 1\n\nName: body\n" % name
    tree = {file + ".py": content for file, content in files.items()}
    tree.update({folder + "/RECORD": record, folder + "/METADATA": metadata})
    return tree


class Clashes(ProgramTest):
    def setUp(self):
        self.here = self.folder()
        self.patch(clashes, "own_folder", return_value=self.here)
        self.environ()

    def test_records_are_read_with_their_hashes(self):
        record = (
            '"a, ""b"".py",sha256=x,1\r\n../../bin/tool,sha256=y,2\nplain.py,,\n../../../etc/x,sha256=z,1\n'
            "/abs.py,sha256=z,1\na/__pycache__/b.pyc,,\n\n"
        )
        metadata = "name: My_Lib\r\nVERSION:  1.0 \r\n\r\nVersion: 2\r\n"
        folder = self.folder(
            {"x.dist-info/RECORD": record, "x.dist-info/METADATA": metadata, "y.egg-info/PKG-INFO": ""}
        )
        files = {'a, "b".py': "sha256=x", "bin/tool": "sha256=y", "plain.py": "", "etc/x": "sha256=z"}
        self.assertEqual(distributions_in(folder), {"x.dist-info": ("my-lib", "1.0", files)})

    def test_the_same_content_is_no_clash(self):
        one, two = (
            ("a", "1", {"x.py": "sha256=1", "y.py": "sha256=2"}),
            ("b", "1", {"x.py": "sha256=1", "y.py": "sha256=3"}),
        )
        self.assertEqual(clashes_in({"a": one, "b": two}), {"y.py": ["a", "b"]})

    def test_what_is_left_out_does_not_win(self):
        write(self.here, {"omitted.json": '["B"]'})
        one, two = ("a", "1", {"x.py": "sha256=1"}), ("b", "1", {"x.py": ""})
        self.assertEqual(clashes_in({"a": one, "b": two}), {"x.py": ["b", "a"]})

    def test_whether_a_file_is_the_one_that_is_listed(self):
        folder = self.folder({"x.py": "X"})
        self.assertIs(holds(os.path.join(folder, "x.py"), digest("X")), True)
        self.assertIs(holds(os.path.join(folder, "x.py"), digest("Y")), False)
        self.assertIs(holds(os.path.join(folder, "y.py"), digest("Y")), False)

    def test_uv_leaves_out_the_rivals_and_then_all_others(self):
        ways = ways_alone(["uv"], "a", "1", {"a", "b"}, {"a", "b", "c"})
        self.assertEqual([(words[2:], again) for words, again in ways], [([], False), (["a==1"], True)])
        texts = []
        for words, _ in ways:
            with open(words[1]) as file:
                texts.append(file.read())
            os.remove(words[1])
        self.assertEqual(texts, ["b", "b\nc"])
        self.assertEqual(ways_alone(["{python}"], "a", "1", {"a", "b"}, {"a", "b", "c"}), [([], False)])

    def settled(self, first, alone):
        """What an install leaves that writes one tree at first, and another for a distribution alone."""
        output = self.folder()

        def run_all(runs, place, builds):
            write(place, alone if "ALONE" in os.environ else first)
            return 0, "ran %s\n" % os.environ.get("ALONE", "all")

        self.patch(clashes, "run_all", run_all)
        return run_settled([["{python}", "install"]], output, False), tree(output)

    def test_the_file_of_the_last_name_is_put_in_place(self):
        first = dict(distribution("b", x="B"), **distribution("a", x="A"))
        answer, left = self.settled(first, distribution("b", x="B"))
        self.assertEqual(answer, (0, "ran all\n"))
        self.assertEqual((left["x.py"], len(left)), ("B", 5))
        self.assertNotIn("ALONE", os.environ)

    def test_a_distribution_may_have_more_files_without_its_rivals(self):
        first = dict(distribution("b", x="B"), **distribution("a", x="A"))
        answer, left = self.settled(first, distribution("b", x="B", y="Y"))
        self.assertEqual((answer[0], left["x.py"], left["y.py"]), (0, "B", "Y"))

    def test_nothing_more_runs_where_it_lies_there(self):
        first = dict(distribution("a", x="A"), **distribution("b", x="B"))
        answer, left = self.settled(first, {})
        self.assertEqual((answer, left["x.py"]), ((0, "ran all\n"), "B"))

    def test_one_that_is_not_installed_without_the_others_is_an_error(self):
        first = dict(distribution("b", x="B"), **distribution("a", x="A"))
        (code, said), _ = self.settled(first, distribution("a", x="A"))
        self.assertEqual(code, 1)
        wanted = (
            "ran all\nran b\nerror: x.py is a file of a-1 and b-1, and b-1 is not installed without the others: "
            "ask for it by a line of its own, or leave one out with `dependencies.omit`\n"
        )
        self.assertEqual(said, wanted)
