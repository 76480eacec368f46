"""Has a pip choose for the target of the bundle instead of for the machine that it runs on.

pip's `--platform` and `--python-version` choose wheels, but markers stay those of its own Python (pypa/pip#11664), so
that it would leave out what Lambda needs and add what it does not: they are replaced. pip also refuses to build for
another platform. With that check gone, the distributions named by `--no-binary` are built as part of the install, from
the indexes, within the constraints and under the hashes that the requirements ask for; what is not pure Python after
all is found by its wheel's tag.
"""

import json
import os

from values import TARGET_VARIABLE


def take_markers(target):
    import pip._vendor.packaging.markers as markers

    markers.default_environment = lambda: dict(target)
    return markers


def holds_markers(markers, target):
    # A pip that has moved the function evaluates those of its own Python.
    version, machine = target["python_full_version"], target["platform_machine"]
    same = "python_full_version == '%s' and platform_machine == '%s'" % (version, machine)
    other = "python_full_version != '%s'" % version
    return markers.Marker(same).evaluate() and not markers.Marker(other).evaluate()


def allow_builds():
    from pip._internal.cli import cmdoptions

    cmdoptions.check_dist_restriction = lambda *_, **__: None


def take_version(target):
    # Before 25, pip compares `Requires-Python` with its own Python where the index does not say it, and the metadata
    # alone has it.
    from pip._internal.resolution.resolvelib.candidates import RequiresPythonCandidate

    begin_candidate = RequiresPythonCandidate.__init__
    target_version = tuple(int(part) for part in target["python_full_version"].split("."))

    def begin(self, version, *more):
        return begin_candidate(self, version or target_version, *more)

    RequiresPythonCandidate.__init__ = begin


def take_target_of_container():
    # An old pip that works in another way takes the markers of the container.
    try:
        target = json.loads(os.environ.pop(TARGET_VARIABLE, "null"))
        if target is not None:
            allow_builds()
            take_markers(target)
            take_version(target)
    except (ImportError, AttributeError):
        pass
