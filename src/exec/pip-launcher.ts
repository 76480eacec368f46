/**
 * Starts pip with the environment markers of the target. pip's `--platform` and `--python-version` choose wheels, but
 * markers stay those of this machine (pypa/pip#11664), so that it would leave out what Lambda needs and add what it
 * does not. The launcher checks that the change took hold and stops where a future pip has moved the function.
 */
export const PIP_LAUNCHER = `
import json, sys
target = json.loads(sys.argv[1])
import pip._vendor.packaging.markers as markers
markers.default_environment = lambda: dict(target)
version = target["python_full_version"]
if not markers.Marker("python_full_version == '%s' and platform_machine == '%s'" % (version, target["platform_machine"])).evaluate() or markers.Marker("python_full_version != '%s'" % version).evaluate():
    sys.exit("this version of pip does not take markers of another platform; install uv, or another version of pip")
from pip._internal.cli.main import main
sys.exit(main(sys.argv[2:]))
`.trim();
