/** The variable by which a container's pip gets the markers of the target. */
export const TARGET_VARIABLE = 'CDK_LAMBDA_PYTHON_TARGET';

/**
 * Lets a pip compare `Requires-Python` with the version of the target. Before 25 it takes that of its own Python where the index
 * does not say it, and the metadata alone has it.
 */
export const PYTHON_OF_TARGET = `
from pip._internal.resolution.resolvelib.candidates import RequiresPythonCandidate
begin_candidate = RequiresPythonCandidate.__init__
target_version = tuple(int(part) for part in target["python_full_version"].split("."))
RequiresPythonCandidate.__init__ = lambda self, version, *more: begin_candidate(self, version or target_version, *more)
`.trim();

const indented = PYTHON_OF_TARGET.replace(/^/gm, '        ');

/**
 * Lets a pip take markers and the version of the target, and builds for it. An old pip that works in another way takes those of
 * the container.
 */
export const PIP_FOR_TARGET = `
try:
    import json
    target = json.loads(os.environ.pop("${TARGET_VARIABLE}", "null"))
    if target is not None:
        from pip._internal.cli import cmdoptions
        cmdoptions.check_dist_restriction = lambda *_, **__: None
        import pip._vendor.packaging.markers as markers
        markers.default_environment = lambda: dict(target)
${indented}
except (ImportError, AttributeError):
    pass
`.trim();
