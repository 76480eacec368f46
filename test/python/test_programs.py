"""What holds of all programs: their grammar, and that their modules go together."""

import ast
import os
import sys

from support import PROGRAMS, ProgramTest

MODULES = os.environ["PYTHON_MODULES"]


def texts(folder):
    for name in sorted(os.listdir(folder)):
        if name.endswith(".py"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                yield name[:-3], file.read()


def bound(statements):
    """The names that statements bind at the left edge of a file, each with what it is bound to."""
    for one in statements:
        if isinstance(one, (ast.FunctionDef, ast.ClassDef)):
            yield one.name, ast.dump(one)
        elif isinstance(one, ast.Assign):
            for target in one.targets:
                if isinstance(target, ast.Name):
                    yield target.id, ast.dump(one.value)
        elif isinstance(one, (ast.Import, ast.ImportFrom)):
            for alias in one.names:
                yield alias.asname or alias.name, "%s %s" % (getattr(one, "module", ""), alias.name)


class Programs(ProgramTest):
    def test_all_have_the_grammar_of_python_3_6(self):
        oldest = {"feature_version": (3, 6)} if sys.version_info >= (3, 8) else {}
        for folder in (MODULES, PROGRAMS):
            for name, text in texts(folder):
                with self.subTest(name):
                    ast.parse(text, name, **oldest)

    def test_the_modules_of_a_program_bind_different_names(self):
        for name, text in texts(PROGRAMS):
            known = {}
            for own, content in bound(ast.parse(text).body):
                with self.subTest("%s of %s" % (own, name)):
                    self.assertEqual(known.setdefault(own, content), content)

    def test_a_program_needs_no_module_beside_it(self):
        # A container has the script of whole builds as a file of its own.
        beside = {name for name, _ in texts(MODULES)} - {"whole_build"} | {"values"}
        for name, text in texts(PROGRAMS):
            nodes = list(ast.walk(ast.parse(text)))
            wanted = {one.module for one in nodes if isinstance(one, ast.ImportFrom)}
            wanted |= {alias.name for one in nodes if isinstance(one, ast.Import) for alias in one.names}
            with self.subTest(name):
                self.assertEqual(wanted & beside, set())

    def test_each_module_is_a_part_of_a_program_and_says_what_it_is_for(self):
        programs = [text for _, text in texts(PROGRAMS)]
        for name, text in texts(MODULES):
            with self.subTest(name):
                first = text.split("\n", 1)[0]
                self.assertTrue(first.startswith('"""'), first)
                self.assertTrue(any(first in program for program in programs))
