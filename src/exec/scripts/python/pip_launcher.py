"""Starts pip for the target of the bundle instead of for this machine.

Its arguments: the markers of the target as JSON (`null`: those of this machine, as for what a build requires), the
folder of what builds see (empty: nothing is built at all), and the arguments of pip.
"""

import sys

if __name__ == "__main__" and sys.path[:1] in ([""], [sys.argv[2]]):
    # The folder pip runs in may hold a user's `json.py`: nothing is imported from it.
    del sys.path[0]

import json
import os

from config_settings import hand_on_config_settings
from find_links import prefer_find_links
from index_failures import report_failed_indexes
from pip_target import allow_builds, holds_markers, take_markers, take_version
from refused_builds import refuse_builds
from restricted_builds import restrict_builds
from script_names import refuse_script_paths
from single_distribution import install_single_distribution
from user_packages import add_user_packages


def prepare(target, folder):
    add_user_packages()
    # An older pip runs `setup.py install` where `wheel` is not installed, which leaves no `.dist-info`: this makes it
    # build a wheel.
    os.environ.update(PIP_REQUIRE_VIRTUALENV="0", PIP_USER="0", PIP_USE_PEP517="1")
    if target is not None:
        if not holds_markers(take_markers(target), target):
            sys.exit(
                "this version of pip does not take markers of another platform; install uv, or another version of pip"
            )
        allow_builds()
        take_version(target)
    if folder == "":
        refuse_builds()
    else:
        restrict_builds(folder)
    refuse_script_paths()
    report_failed_indexes()
    hand_on_config_settings()
    install_single_distribution()
    prefer_find_links()


if __name__ == "__main__":
    prepare(json.loads(sys.argv[1]), sys.argv[2])
    from pip._internal.cli.main import main

    sys.exit(main(sys.argv[3:]))
