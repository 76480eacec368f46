import { CONFIG_SETTINGS_VARIABLE } from '../../plan/target/config-setting';

/**
 * Lets a pip hand settings to the builds of packages by their names, and of local packages before a build tells the name. pip itself takes them on the line of a requirement, where uv
 * reads none. Several values of one key are a list, as for both tools. An old pip that hands no settings to builds is refused.
 */
export const PIP_CONFIG_SETTINGS = `
import json, os, sys
config_settings = json.loads(os.environ.pop("${CONFIG_SETTINGS_VARIABLE}", "[]"))
if config_settings:
    try:
        from pip._internal.req.req_install import InstallRequirement
        from pip._internal.utils.misc import ConfiguredBuildBackendHookCaller
        from pip._vendor.packaging.utils import canonicalize_name
    except ImportError:
        sys.exit("this version of pip hands no --config-settings to builds; install uv, or a newer pip")
    settings_of, local_names = {}, {}
    for wanted in config_settings:
        if "place" in wanted:
            local_names[os.path.realpath(wanted["place"])] = wanted["name"]
        of_name = settings_of.setdefault(wanted["name"], {})
        for setting in wanted["settings"]:
            key, _, value = setting.partition("=")
            before = of_name.get(key)
            of_name[key] = value if before is None else (before if isinstance(before, list) else [before]) + [value]
    def name_of(requirement):
        if requirement.req is not None:
            return canonicalize_name(requirement.req.name)
        link = requirement.link
        return local_names.get(os.path.realpath(link.file_path)) if link is not None and link.is_file else None
    InstallRequirement.config_settings = property(lambda self: settings_of.get(name_of(self)), lambda self, _: None)
`.trim();
