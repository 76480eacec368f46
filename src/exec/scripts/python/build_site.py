"""Takes all but the variables of a build from a Python that uv has started for a build, as its `sitecustomize`.

This happens before code of the distribution runs; uv hands on its own variables. VIRTUAL_ENV tells that it is a build:
uv sets it for builds alone. A build whose environment cannot be hidden does not run.
"""

import os
import sys

from build_variables import build_variables


def hide():
    folder = os.path.dirname(os.path.abspath(__file__))
    seen = build_variables(os.environ, folder)
    os.environ.clear()
    os.environ.update(seen)
    sys.path[:] = [entry for entry in sys.path if entry != folder]


if os.environ.get("VIRTUAL_ENV"):
    try:
        hide()
    except BaseException as error:
        sys.stderr.write("cannot hide the environment from a build: %r\n" % (error,))
        sys.stderr.flush()
        os._exit(70)
