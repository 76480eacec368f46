/** The variable that names the one distribution that a pip puts in place, normalized. */
export const ALONE_VARIABLE = 'CDK_LAMBDA_PYTHON_ALONE';

/** Lets a pip choose all that it is asked for, and put one distribution of it in place: uv has `--excludes` for that. */
export const PIP_ALONE = `
import os, sys
alone = os.environ.pop("${ALONE_VARIABLE}", "")
if alone:
    try:
        from pip._internal.resolution.resolvelib.resolver import Resolver
        from pip._vendor.packaging.utils import canonicalize_name as normalized
        installation_order = Resolver.get_installation_order
    except (ImportError, AttributeError):
        sys.exit("this version of pip cannot install one distribution of several; install uv, or another version of pip")
    Resolver.get_installation_order = lambda self, chosen: [one for one in installation_order(self, chosen) if normalized(one.name) == alone]
`.trim();
