import json
import os
import subprocess
import sys

from bytecode import bytecode, check, compile_jobs, compile_tree, modules
from support import ProgramTest, program, run_python, tree

TAG = sys.implementation.cache_tag


class Bytecode(ProgramTest):
    def test_another_python_is_refused(self):
        check(TAG)
        self.exits("this is %s, not cpython-27" % TAG, check, "cpython-27")

    def test_modules_are_listed_in_order_without_excluded_folders_and_caches(self):
        files = ["b.py", "a.py", "a/c.py", "bin/d.py", "__pycache__/e.py", "f.txt"]
        folder = self.folder({name: "" for name in files})
        self.assertEqual(list(modules(folder, ["bin"])), ["a.py", "b.py", "a/c.py"])

    def test_bytecode_lies_where_python_looks_for_it(self):
        self.assertEqual(bytecode("a/b.py", "cpython-313"), "a/__pycache__/b.cpython-313.pyc")
        self.assertEqual(bytecode("b.py", "cpython-313"), "__pycache__/b.cpython-313.pyc")


# The byte code that this library makes has no time in it; Python 3.6 knows none like that.
if sys.version_info >= (3, 7):

    class Compiling(ProgramTest):
        def setUp(self):
            self.output = self.folder()

        def made(self):
            return sorted(
                os.path.relpath(os.path.join(place, name), self.output).replace(os.sep, "/")
                for place, _, names in os.walk(self.output)
                for name in names
            )

        def test_it_holds_at_any_time_and_says_where_it_will_lie(self):
            root = self.folder({"a.py": "def f(): pass\n"})
            compile_jobs(root, self.output, [("a.py", "a.pyc", "/var/task/a.py")], False)
            with open(os.path.join(self.output, "a.pyc"), "rb") as file:
                content = file.read()
            # PEP 552: a hash that is not checked.
            self.assertEqual(content[4:8], b"\1\0\0\0")
            self.assertIn(b"/var/task/a.py", content)

        def test_what_is_no_program_has_none_and_its_fault_is_noted_where_asked_for(self):
            root = self.folder({"a.py": "x = 1\ndef\n"})
            jobs = [("a.py", "a.pyc", "a.py")]
            compile_jobs(root, self.output, jobs, False)
            self.assertEqual(self.made(), [])
            compile_jobs(root, self.output, jobs, True)
            self.assertEqual(json.loads(tree(self.output)["a.json"]), {"line": 2, "message": "invalid syntax"})

        def test_a_text_that_is_not_utf_8_is_no_fault(self):
            root = self.folder()
            with open(os.path.join(root, "a.py"), "wb") as file:
                file.write(b"x = '\xff'\n")
            compile_jobs(root, self.output, [("a.py", "a.pyc", "a.py")], False)
            self.assertEqual(self.made(), [])

        def test_a_few_are_compiled_by_one_process(self):
            root = self.folder({"m%d.py" % index: "" for index in range(16)})
            self.patch(subprocess, "Popen", None)
            compile_tree(root, self.output, TAG, "/var/task", [])
            self.assertEqual(len(self.made()), 16)

        def test_more_are_dealt_by_their_names_to_four_processes(self):
            root, dealt = self.folder({"m%02d.py" % index: "" for index in range(17)}), []

            class Popen:
                def __init__(self, argv, stdin):
                    self.stdin = self

                def write(self, task):
                    dealt.append([int(source[1:3]) for source, _, _ in json.loads(task.decode())["jobs"]])

                def close(self):
                    pass

                def wait(self):
                    return len(dealt) - 4

            self.patch(subprocess, "Popen", Popen)
            compile_tree(root, self.output, TAG, "/var/task", [])
            self.assertEqual(dealt, [[0, 4, 8, 12, 16], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15]])
            self.exits("compiling failed", compile_tree, root, self.output, TAG, "/var/task", [])

        def test_processes_compile_all_that_is_dealt_to_them(self):
            root = self.folder({"m%d.py" % index: "X = 'a b'\n" for index in range(17)})
            task = {"root": root, "output": self.output, "tag": TAG, "prefix": "/var/task", "exclude": []}
            code, said = run_python("-I", "-S", "-B", program("bytecode"), "tree", json.dumps(task))
            self.assertEqual((code, said), (0, ""))
            self.assertEqual(self.made(), sorted(bytecode("m%d.py" % index, TAG) for index in range(17)))
