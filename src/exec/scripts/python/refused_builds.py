"""Lets a pip build nothing, where it would.

pip takes "wheels only" to be about what indexes have, and not about folders, repositories and URLs. One place of pip
prepares whatever is not a wheel, before any code of it runs. A wheel that an earlier run has built, and that pip keeps
in its cache, counts as a build.
"""

import sys

from values import PIP_REFUSAL


def refuse_builds():
    try:
        from pip._internal.cache import WheelCache
        from pip._internal.distributions.sdist import SourceDistribution
        from pip._internal.exceptions import InstallationError

        # Only asked whether they are there.
        SourceDistribution.prepare_distribution_metadata  # noqa: B018
        WheelCache.get_cache_entry  # noqa: B018
    except (ImportError, AttributeError):
        sys.exit("this version of pip cannot be kept from building; install uv, or another version of pip")

    def refuse(self, *_, **__):
        raise InstallationError(PIP_REFUSAL + str(self.req.req or self.req.link))

    SourceDistribution.prepare_distribution_metadata = refuse
    WheelCache.get_cache_entry = lambda *_, **__: None
