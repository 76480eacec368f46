"""A pip, in a container, that hands package indexes to the pips it starts as variables.

An old one that works in another way is left as it is.
"""

import os
import sys

if __name__ == "__main__":
    sys.path[:] = [entry for entry in sys.path if entry != os.path.dirname(os.path.abspath(__file__))]

import runpy

from build_indexes import indexes_in_variables
from config_settings import hand_on_config_settings
from find_links import prefer_find_links
from index_failures import report_failed_indexes
from pip_target import take_target_of_container
from single_distribution import install_single_distribution


def hand_on_indexes():
    try:
        import pip._internal.build_env as build_env

        call = build_env.call_subprocess
    except (ImportError, AttributeError):
        return

    def call_pip(cmd, *args, **kwargs):
        extra = dict(kwargs.pop("extra_environ", None) or {})
        return call(indexes_in_variables(cmd, extra), *args, extra_environ=extra, **kwargs)

    build_env.call_subprocess = call_pip


if __name__ == "__main__":
    take_target_of_container()
    hand_on_config_settings()
    install_single_distribution()
    prefer_find_links()
    hand_on_indexes()
    try:
        report_failed_indexes()
    except ImportError:
        pass
    sys.argv[0] = "pip"
    runpy.run_module("pip", run_name="__main__", alter_sys=True)
