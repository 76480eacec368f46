import { PIP_ALONE } from './pip-single-distribution';
import { REFUSE_BUILDS, RESTRICT_BUILDS } from './refused-builds';
import { USER_PACKAGES } from '../process/isolated-python';
import { PIP_FIND_LINKS } from './pip-find-links';
import { PIP_CONFIG_SETTINGS } from './pip-config-settings';
import { PYTHON_OF_TARGET } from './pip-for-target';
import { TELL_FAILED_INDEXES } from './pip-index-failures';

const indented = (code: string): string =>
  code
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n');

/**
 * Starts pip for the target instead of for this machine.
 *
 * pip's `--platform` and `--python-version` choose wheels, but markers stay those of this machine (pypa/pip#11664), so
 * that it would leave out what Lambda needs and add what it does not: they are replaced. The launcher checks that the
 * change took hold and stops where a future pip has moved the function. For what a build itself requires there is no target.
 *
 * pip also refuses to build anything for another platform. With that check gone, the distributions named by
 * `--no-binary` are built as part of the install, from the indexes, within the constraints and under the hashes that
 * the requirements ask for; what is not pure Python after all is found by its wheel's tag. Without a folder of what builds
 * see, nothing is built at all.
 *
 * pip writes the script of an entry point wherever the entry point's name leads, an absolute path included: a name that is a
 * path is refused.
 *
 * An older pip runs `setup.py install` where `wheel` is not installed, which leaves no `.dist-info`: it builds a wheel instead.
 *
 * The folder pip runs in may hold a user's `json.py`: it is no place to import from.
 */
export const PIP_LAUNCHER = `
import sys
folder = sys.argv[2]
if sys.path[:1] in ([""], [folder]):
    del sys.path[0]
${USER_PACKAGES}
import json
os.environ.update(PIP_REQUIRE_VIRTUALENV="0", PIP_USER="0", PIP_USE_PEP517="1")
target = json.loads(sys.argv[1])
if target is not None:
    import pip._vendor.packaging.markers as markers
    markers.default_environment = lambda: dict(target)
    version = target["python_full_version"]
    if not markers.Marker("python_full_version == '%s' and platform_machine == '%s'" % (version, target["platform_machine"])).evaluate() or markers.Marker("python_full_version != '%s'" % version).evaluate():
        sys.exit("this version of pip does not take markers of another platform; install uv, or another version of pip")
    from pip._internal.cli import cmdoptions
    cmdoptions.check_dist_restriction = lambda *_, **__: None
${indented(PYTHON_OF_TARGET)}
if folder == "":
${indented(REFUSE_BUILDS)}
else:
${indented(RESTRICT_BUILDS)}
from pip._internal.exceptions import InstallationError
from pip._vendor.distlib.scripts import ScriptMaker
write_script = ScriptMaker._write_script
def write_inside(self, names, *rest, **more):
    for name in names:
        if name in ("", ".", "..") or os.path.basename(name) != name or "\\\\" in name:
            raise InstallationError("a distribution names a script that is a path: %r" % name)
    return write_script(self, names, *rest, **more)
ScriptMaker._write_script = write_inside
${TELL_FAILED_INDEXES}
${PIP_CONFIG_SETTINGS}
${PIP_ALONE}
${PIP_FIND_LINKS}
from pip._internal.cli.main import main
sys.exit(main(sys.argv[3:]))
`.trim();
