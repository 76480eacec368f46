import json
import os

from pip_target import allow_builds, holds_markers, take_markers, take_target_of_container, take_version
from support import ProgramTest

TARGET = {"python_full_version": "3.13.0", "platform_machine": "aarch64"}


def marker_of(environment):
    """Reads `name == 'value'`, `!=` and `and`, as far as this is asked for."""

    class Marker:
        def __init__(self, text):
            self.parts = [part.split(" ") for part in text.split(" and ")]

        def evaluate(self):
            return all(
                (environment()[name] == value.strip("'")) is (operator == "==") for name, operator, value in self.parts
            )

    return Marker


class Candidate:
    def __init__(self, version, *more):
        self.given = (version,) + more


class PipTarget(ProgramTest):
    def setUp(self):
        self.candidate = type("Candidate", (Candidate,), {"__init__": Candidate.__init__})
        known = self.pip(
            _internal__cli__cmdoptions={"check_dist_restriction": lambda *_, **__: "checked"},
            _internal__resolution__resolvelib__candidates={"RequiresPythonCandidate": self.candidate},
            _vendor__packaging__markers={"default_environment": lambda: {}},
        )
        self.markers = known["pip._vendor.packaging.markers"]
        self.cmdoptions = known["pip._internal.cli.cmdoptions"]
        self.markers.Marker = marker_of(lambda: self.markers.default_environment())

    def test_markers_are_those_of_the_target(self):
        markers = take_markers(TARGET)
        self.assertEqual(markers.default_environment(), TARGET)
        # pip adds to what it gets.
        markers.default_environment()["extra"] = "x"
        self.assertEqual(markers.default_environment(), TARGET)
        self.assertIs(holds_markers(markers, TARGET), True)

    def test_a_pip_that_has_moved_the_function_is_noticed(self):
        own = dict(TARGET, python_full_version="3.9.0")
        self.markers.Marker = marker_of(lambda: own)
        self.assertIs(holds_markers(take_markers(TARGET), TARGET), False)
        self.markers.Marker = marker_of(lambda: dict(TARGET, platform_machine="x86_64"))
        self.assertIs(holds_markers(take_markers(TARGET), TARGET), False)
        self.markers.Marker = type("Marker", (), {"__init__": lambda self, text: None, "evaluate": lambda self: True})
        self.assertIs(holds_markers(take_markers(TARGET), TARGET), False)

    def test_builds_for_another_platform_are_allowed(self):
        allow_builds()
        self.assertIs(self.cmdoptions.check_dist_restriction("options", check_target=True), None)

    def test_the_version_is_that_of_the_target_unless_pip_has_one(self):
        take_version(TARGET)
        self.assertEqual(self.candidate(None).given, ((3, 13, 0),))
        self.assertEqual(self.candidate((3, 9, 1), "more").given, ((3, 9, 1), "more"))

    def test_a_container_gets_the_target_as_a_variable(self):
        self.environ(TARGET=json.dumps(TARGET))
        take_target_of_container()
        self.assertEqual(self.markers.default_environment(), TARGET)
        self.assertEqual(self.candidate(None).given, ((3, 13, 0),))
        self.assertNotIn("TARGET", os.environ)

    def test_without_one_nothing_is_replaced(self):
        self.environ()
        take_target_of_container()
        self.assertEqual(self.markers.default_environment(), {})
        self.assertEqual(self.cmdoptions.check_dist_restriction(), "checked")

    def test_a_pip_that_works_in_another_way_keeps_what_it_has(self):
        self.environ(TARGET=json.dumps(TARGET))
        self.pip(_internal={})
        take_target_of_container()
