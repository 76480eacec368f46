"""Lets a pip choose all that it is asked for, and put one distribution of it in place: uv has `--excludes` for that."""

import os
import sys

from values import ALONE_VARIABLE


def install_single_distribution():
    alone = os.environ.pop(ALONE_VARIABLE, "")
    if not alone:
        return
    try:
        from pip._internal.resolution.resolvelib.resolver import Resolver
        from pip._vendor.packaging.utils import canonicalize_name

        installation_order = Resolver.get_installation_order
    except (ImportError, AttributeError):
        sys.exit(
            "this version of pip cannot install one distribution of several; install uv, or another version of pip"
        )

    def only_one(self, chosen):
        return [one for one in installation_order(self, chosen) if canonicalize_name(one.name) == alone]

    Resolver.get_installation_order = only_one
