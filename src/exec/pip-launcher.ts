/**
 * Starts pip for the target instead of for this machine.
 *
 * pip's `--platform` and `--python-version` choose wheels, but markers stay those of this machine (pypa/pip#11664), so
 * that it would leave out what Lambda needs and add what it does not: they are replaced. The launcher checks that the
 * change took hold and stops where a future pip has moved the function.
 *
 * pip also refuses to build anything for another platform. With that check gone, the distributions named by
 * `--no-binary` are built as part of the install, from the indexes, within the constraints and under the hashes that
 * the requirements ask for; what is not pure Python after all is found by its wheel's tag.
 *
 * An index that does not answer, or not this user, pip passes over in silence, and then says that nothing has the version. It is
 * made to tell; only that one of several indexes has no such name (404) is nothing to tell.
 *
 * The folder pip runs in may hold a user's `json.py`: it is no place to import from.
 */
export const PIP_LAUNCHER = `
import sys
if sys.path[:1] == [""]:
    del sys.path[0]
import json, os
os.environ.update(PIP_REQUIRE_VIRTUALENV="0", PIP_USER="0")
target = json.loads(sys.argv[1])
import pip._vendor.packaging.markers as markers
markers.default_environment = lambda: dict(target)
version = target["python_full_version"]
if not markers.Marker("python_full_version == '%s' and platform_machine == '%s'" % (version, target["platform_machine"])).evaluate() or markers.Marker("python_full_version != '%s'" % version).evaluate():
    sys.exit("this version of pip does not take markers of another platform; install uv, or another version of pip")
from pip._internal.cli import cmdoptions
cmdoptions.check_dist_restriction = lambda *_, **__: None
from pip._internal.index import collector
failed = getattr(collector, "_handle_get_simple_fail", None)
if failed is not None:
    collector._handle_get_simple_fail = lambda link, reason, meth=None: failed(link, reason, meth or (collector.logger.debug if str(reason).startswith("404 ") else collector.logger.warning))
from pip._internal.cli.main import main
sys.exit(main(sys.argv[2:]))
`.trim();
