"""Has a pip start what it builds with the variables of a build alone.

For the requirements of a build pip starts another pip: that is this launcher as well.
"""

import os
import sys

from build_indexes import indexes_in_variables
from build_variables import build_variables
from values import LAUNCHER_NAME


def restrict_builds(folder):
    import pip._internal.build_env as build_env
    import pip._internal.utils.subprocess as processes

    if not hasattr(build_env, "call_subprocess") or not hasattr(processes, "call_subprocess"):
        sys.exit(
            "this version of pip cannot be kept from handing its environment to builds; "
            "install uv, or another version of pip"
        )
    call = processes.call_subprocess

    def call_build(cmd, *args, **kwargs):
        seen = build_variables(dict(os.environ, **(kwargs.pop("extra_environ", None) or {})), folder)
        hidden = [name for name in os.environ if name not in seen] + list(kwargs.pop("unset_environ", None) or [])
        return call(cmd, *args, extra_environ=seen, unset_environ=hidden, **kwargs)

    def call_pip(cmd, *args, **kwargs):
        extra = dict(kwargs.pop("extra_environ", None) or {})
        rest = indexes_in_variables(list(cmd)[2:], extra)
        launcher = os.path.join(folder, LAUNCHER_NAME)
        return call([sys.executable, "-I", launcher, "null", folder] + rest, *args, extra_environ=extra, **kwargs)

    processes.call_subprocess = call_build
    build_env.call_subprocess = call_pip
