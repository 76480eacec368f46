import { PIP_ALONE } from './pip-single-distribution';
import { PIP_CONFIG_SETTINGS } from './pip-config-settings';
import { PIP_FIND_LINKS } from './pip-find-links';
import { PIP_FOR_TARGET } from './pip-for-target';
import { TELL_FAILED_INDEXES } from './pip-index-failures';

/** What a pip says that must not build. */
export const PIP_REFUSAL = 'cdk-lambda-python: must be built: ';

/**
 * Lets a pip build nothing, where it would: it takes "wheels only" to be about what indexes have, and not about folders,
 * repositories and URLs. One place of pip prepares whatever is no wheel, before any code of it runs. A wheel that an earlier run has
 * built, and that pip keeps in its cache, counts as a build.
 */
export const REFUSE_BUILDS = `
try:
    from pip._internal.cache import WheelCache
    from pip._internal.distributions.sdist import SourceDistribution
    from pip._internal.exceptions import InstallationError
    SourceDistribution.prepare_distribution_metadata
    WheelCache.get_cache_entry
except (ImportError, AttributeError):
    sys.exit("this version of pip cannot be kept from building; install uv, or another version of pip")

def refuse(self, *_, **__):
    raise InstallationError("${PIP_REFUSAL}" + str(self.req.req or self.req.link))

SourceDistribution.prepare_distribution_metadata = refuse
WheelCache.get_cache_entry = lambda *_, **__: None
`.trim();

/** The name under which {@link CONTAINER_PIP} lies in a build container; the plan's command has it. */
export const CONTAINER_PIP_NAME = 'pip_without_builds.py';

/** A pip that builds nothing. */
export const CONTAINER_PIP = `
import os, sys
sys.path[:] = [entry for entry in sys.path if entry != os.path.dirname(os.path.abspath(__file__))]
${PIP_FOR_TARGET}
${PIP_CONFIG_SETTINGS}
${PIP_ALONE}
${PIP_FIND_LINKS}
${REFUSE_BUILDS}
${TELL_FAILED_INDEXES}
from pip._internal.cli.main import main
sys.exit(main(sys.argv[1:]))
`.trimStart();

/** The file beside {@link BUILD_VARIABLES} that says what the code of a distribution sees. */
export const ENVIRONMENT_NAME = 'environment.json';

/**
 * The variables that code of a distribution gets: those of a file, and those by which an installer tells a build what to
 * do. The module's folder is none that a build may import from.
 */
const BUILD_VARIABLES = `
import json, os, sys

TOLD = ("PATH", "VIRTUAL_ENV", "PYTHONPATH", "PYTHONNOUSERSITE", "PYTHONIOENCODING")
TOLD_BY_PREFIX = ("PEP517_", "_PYPROJECT_HOOKS_")


def build_variables(environ, folder):
    with open(os.path.join(folder, "${ENVIRONMENT_NAME}"), encoding="utf-8") as file:
        seen = json.load(file)
    for name, value in environ.items():
        if name in TOLD or name.startswith(TOLD_BY_PREFIX):
            seen[name] = value
    paths = [entry for entry in seen.pop("PYTHONPATH", "").split(os.pathsep) if entry not in ("", folder)]
    if paths:
        seen["PYTHONPATH"] = os.pathsep.join(paths)
    return seen
`.trim();

/** The name under which Python imports a module before any other code. */
export const SITE_NAME = 'sitecustomize.py';

/**
 * Takes all but these variables from a Python that uv has started for a build, before code of the distribution runs; uv hands on
 * its own. It is told by VIRTUAL_ENV, which uv sets for builds alone. What cannot be hidden is not run.
 */
export const BUILD_SITE = `
${BUILD_VARIABLES}


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
        sys.stderr.write("cannot hide the environment from a build: %r\\n" % (error,))
        sys.stderr.flush()
        os._exit(70)
`.trimStart();

/**
 * What a pip would write into the arguments of the pip that gets what a build requires, as variables: what stands in arguments
 * everybody can read.
 */
const INDEXES_IN_VARIABLES = `
def indexes_in_variables(words, environ):
    rest, indexes = [], {"-i": [], "--extra-index-url": []}
    words = iter(words)
    for word in words:
        if word in indexes:
            indexes[word].append(next(words))
        else:
            rest.append(word)
    if indexes["-i"]:
        environ.update(PIP_INDEX_URL=indexes["-i"][0], PIP_EXTRA_INDEX_URL=" ".join(indexes["--extra-index-url"]))
    return rest
`.trim();

/** The name under which {@link CONTAINER_QUIET_PIP} lies in a build container. */
export const CONTAINER_QUIET_PIP_NAME = 'pip_by_variables.py';

/** A pip that tells the pips it starts of package indexes by variables; an old one that works in another way is left as it is. */
export const CONTAINER_QUIET_PIP = `
import os, sys
sys.path[:] = [entry for entry in sys.path if entry != os.path.dirname(os.path.abspath(__file__))]
${PIP_FOR_TARGET}
${PIP_CONFIG_SETTINGS}
${PIP_ALONE}
${PIP_FIND_LINKS}
${INDEXES_IN_VARIABLES}

try:
    import pip._internal.build_env as build_env
    call = build_env.call_subprocess
except (ImportError, AttributeError):
    pass
else:
    def call_pip(cmd, *args, **kwargs):
        extra = dict(kwargs.pop("extra_environ", None) or {})
        return call(indexes_in_variables(cmd, extra), *args, extra_environ=extra, **kwargs)

    build_env.call_subprocess = call_pip
try:
${TELL_FAILED_INDEXES.replace(/^/gm, '    ')}
except ImportError:
    pass
import runpy
sys.argv[0] = "pip"
runpy.run_module("pip", run_name="__main__", alter_sys=True)
`.trimStart();

/**
 * The same of pip, which is asked to start what it builds with these variables. For the requirements of a build it starts
 * another pip: that is this launcher as well.
 */
export const RESTRICT_BUILDS = `
${BUILD_VARIABLES}


${INDEXES_IN_VARIABLES}

import pip._internal.build_env as build_env
import pip._internal.utils.subprocess as processes
if not hasattr(build_env, "call_subprocess") or not hasattr(processes, "call_subprocess"):
    sys.exit("this version of pip cannot be kept from handing its environment to builds; install uv, or another version of pip")
call = processes.call_subprocess

def call_build(cmd, *args, **kwargs):
    seen = build_variables(dict(os.environ, **(kwargs.pop("extra_environ", None) or {})), folder)
    hidden = [name for name in os.environ if name not in seen] + list(kwargs.pop("unset_environ", None) or [])
    return call(cmd, *args, extra_environ=seen, unset_environ=hidden, **kwargs)

def call_pip(cmd, *args, **kwargs):
    extra = dict(kwargs.pop("extra_environ", None) or {})
    rest = indexes_in_variables(list(cmd)[2:], extra)
    launcher = os.path.join(folder, "pip_launcher.py")
    return call([sys.executable, "-I", launcher, "null", folder] + rest, *args, extra_environ=extra, **kwargs)

processes.call_subprocess = call_build
build_env.call_subprocess = call_pip
`.trim();
