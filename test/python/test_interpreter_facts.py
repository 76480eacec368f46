import json
import sys

from interpreter_facts import facts
from support import ProgramTest, program_text, run_python


class InterpreterFacts(ProgramTest):
    def test_they_are_printed_as_json(self):
        code, said = run_python("-I", "-S", "-c", program_text("interpreter_facts"))
        self.assertEqual((code, json.loads(said)), (0, facts()))

    def test_they_are_those_of_a_finished_cpython(self):
        tag = "cpython-%d%d" % sys.version_info[:2]
        self.assertEqual(facts()[:4], ["cpython", tag, "final", sys.executable])

    def test_a_python_may_have_no_abi_flags(self):
        self.patch(sys, "abiflags", "", create=True)
        del sys.abiflags
        self.assertEqual(facts()[4], "")
        sys.abiflags = ""
