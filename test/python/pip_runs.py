"""Runs the programs that start a pip, each with a pip that is there for the test alone."""

import json
import shutil

from support import program, program_text, run_python

# Prints what it gets, and what of it was replaced.
PIP = {
    "pip/__init__.py": "",
    "pip/__main__.py": "from pip._internal.cli.main import main\nimport sys\nsys.exit(main(sys.argv[1:]))\n",
    "pip/_internal/__init__.py": "",
    "pip/_internal/cli/__init__.py": "",
    "pip/_internal/cli/cmdoptions.py": "def check_dist_restriction(): return 'checked'\n",
    "pip/_internal/cli/main.py": """
import json, os, site, sys
from pip._internal import build_env
from pip._internal.cache import WheelCache
from pip._internal.index import collector
from pip._internal.cli import cmdoptions
from pip._internal.req.req_install import InstallRequirement
from pip._internal.resolution.resolvelib.candidates import RequiresPythonCandidate
from pip._internal.resolution.resolvelib.resolver import Resolver
from pip._vendor.distlib.scripts import ScriptMaker
from pip._vendor.packaging import markers

def main(argv):
    print(json.dumps({
        "alone": [one.name for one in Resolver().get_installation_order(["a", "b"])],
        "argv": argv,
        "builds": WheelCache.get_cache_entry.__name__ == "get_cache_entry",
        "checks": cmdoptions.check_dist_restriction() == "checked",
        "handsIndexes": build_env.call_subprocess(["python", "pip", "-i", "x"], extra_environ={}),
        "markers": markers.default_environment(),
        "path": sys.path,
        "paths": ScriptMaker._write_script.__name__ == "_write_script",
        "reports": collector._get_simple_response.__name__ != "_get_simple_response",
        "version": getattr(RequiresPythonCandidate(None), "version", None),
        "settings": getattr(InstallRequirement("a"), "config_settings", None),
        "users": sys.prefix != sys.base_prefix or site.getusersitepackages() in sys.path,
        "variables": {name: value for name, value in os.environ.items() if name.startswith("PIP_")},
    }))
    return 3
""",
    "pip/_internal/build_env.py": """
def call_subprocess(cmd, extra_environ, **_):
    return extra_environ
""",
    "pip/_internal/cache.py": "class WheelCache:\n    def get_cache_entry(self): pass\n",
    "pip/_internal/distributions/__init__.py": "",
    "pip/_internal/distributions/sdist.py": """
class SourceDistribution:
    def prepare_distribution_metadata(self): pass
""",
    "pip/_internal/exceptions.py": "class InstallationError(Exception): pass\n",
    "pip/_internal/index/__init__.py": "",
    "pip/_internal/index/collector.py": "def _get_simple_response(): pass\n",
    "pip/_internal/req/__init__.py": "",
    "pip/_internal/req/req_install.py": """
import types

class InstallRequirement:
    def __init__(self, name):
        self.req = types.SimpleNamespace(name=name)
""",
    "pip/_internal/resolution/__init__.py": "",
    "pip/_internal/resolution/resolvelib/__init__.py": "",
    "pip/_internal/resolution/resolvelib/candidates.py": """
class RequiresPythonCandidate:
    def __init__(self, version): self.version = version
""",
    "pip/_internal/resolution/resolvelib/resolver.py": """
import types

class Resolver:
    def get_installation_order(self, chosen):
        return [types.SimpleNamespace(name=name) for name in chosen]
""",
    "pip/_internal/utils/__init__.py": "",
    "pip/_internal/utils/misc.py": "class ConfiguredBuildBackendHookCaller: pass\n",
    "pip/_internal/utils/subprocess.py": """
def call_subprocess(cmd, extra_environ, **_):
    return [cmd[1:], extra_environ]
""",
    "pip/_vendor/__init__.py": "",
    "pip/_vendor/distlib/__init__.py": "",
    "pip/_vendor/distlib/scripts.py": "class ScriptMaker:\n    def _write_script(self): pass\n",
    "pip/_vendor/packaging/__init__.py": "",
    "pip/_vendor/packaging/utils.py": "def canonicalize_name(name): return name\n",
    "pip/_vendor/packaging/markers.py": """
def default_environment(): return {}

class Marker:
    def __init__(self, text): self.text = text
    def evaluate(self): return ("==" in self.text) == (default_environment() != {})
""",
}

# What a plan asks for besides, with the names of variables that the programs really have.
ASKED = {
    "CDK_LAMBDA_PYTHON_ALONE": "b",
    "CDK_LAMBDA_PYTHON_CONFIG_SETTINGS": json.dumps([{"name": "a", "settings": ["k=v"]}]),
}

TARGET = {"python_full_version": "3.13.0", "platform_machine": "aarch64"}

# It says whether it was imported in the place of Python's own.
STRANGER = {"json.py": "raise SystemExit('imported a stranger')\n"}


def run_pip(test, name, *words, files=(), **variables):
    """The exit code, what the pip got or the text that it printed, and the folder, in which a user's `json.py` lies."""
    pip = test.folder(dict(PIP, **dict(files)))
    place = test.folder(STRANGER)
    script = shutil.copy(program(name), place)
    start = ("-c", program_text(name)) if name == "pip_launcher" else (script,)
    code, said = run_python(*(start + words), env=dict(variables, PYTHONPATH=pip), cwd=place)
    return code, json.loads(said) if said.startswith("{") else said, place
