"""Lets a pip hand settings to the builds of packages by their names.

pip itself takes them on the line of a requirement, where uv reads none. A local package has its settings before its
build tells the name. Several values of one key are a list, as for both tools.
"""

import json
import os
import sys

from values import CONFIG_SETTINGS_VARIABLE


def settings_by_name(wanted):
    """The settings of each name, and the names of local packages by their folders."""
    settings_of, local_names = {}, {}
    for one in wanted:
        if "place" in one:
            local_names[os.path.realpath(one["place"])] = one["name"]
        of_name = settings_of.setdefault(one["name"], {})
        for setting in one["settings"]:
            key, _, value = setting.partition("=")
            before = of_name.get(key)
            of_name[key] = value if before is None else (before if isinstance(before, list) else [before]) + [value]
    return settings_of, local_names


def hand_on_config_settings():
    wanted = json.loads(os.environ.pop(CONFIG_SETTINGS_VARIABLE, "[]"))
    if not wanted:
        return
    try:
        from pip._internal.req.req_install import InstallRequirement

        # Only a pip that has this hands settings to builds.
        from pip._internal.utils.misc import ConfiguredBuildBackendHookCaller  # noqa: F401
        from pip._vendor.packaging.utils import canonicalize_name
    except ImportError:
        sys.exit("this version of pip hands no --config-settings to builds; install uv, or a newer pip")
    settings_of, local_names = settings_by_name(wanted)

    def name_of(requirement):
        if requirement.req is not None:
            return canonicalize_name(requirement.req.name)
        link = requirement.link
        return local_names.get(os.path.realpath(link.file_path)) if link is not None and link.is_file else None

    InstallRequirement.config_settings = property(lambda self: settings_of.get(name_of(self)), lambda self, _: None)
