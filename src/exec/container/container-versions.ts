import { has } from '../../plan/variables/installer-environment';
import { REFUSED_BECAUSE } from '../../plan/variables/version-variables';
import { MACHINE_LINKS_NAME } from './container-links';
import { MACHINE_VARIABLES_NAME, TOOLS_PLACE } from './container-variables';
import type { ExecutionError } from '../errors/execution-error';
import type { InstallTask } from '../install/install';
import { withoutHash } from '../install/hashes-asked';
import { MINIMUM_DATED_PIP } from '../../plan/variables/installer-versions';

/** A container prints this before its installer and the variables that the installer cannot honour. */
export const VERSIONS_REFUSED = 'cdk-lambda-python: the installer cannot honour:';

/**
 * The part of a container's script that gives variables for versions the same meaning to uv and pip. On this machine,
 * `plan/variables/version-variables.ts` decides the same. The script does not know who has set a variable: if both are
 * set, each installer reads its own.
 */
export const CONTAINER_VERSIONS = `
SAID = dict(os.environ)
CONSTRAINTS = (("UV_CONSTRAINT", "PIP_CONSTRAINT"), ("UV_BUILD_CONSTRAINT", "PIP_BUILD_CONSTRAINT"))
DATES = (("UV_EXCLUDE_NEWER",), ("PIP_UPLOADED_PRIOR_TO",))
PRERELEASES = (("UV_PRERELEASE",), ("PIP_PRE", "PIP_ALL_RELEASES", "PIP_ONLY_FINAL"))
MODES = {"allow": {"PIP_PRE": "1"}, "disallow": {"PIP_ONLY_FINAL": ":all:"}, "if-necessary-or-explicit": {}}
ALONE = {
    "pip": {"UV_OVERRIDE": bool, "UV_EXCLUDE": bool, "UV_TORCH_BACKEND": bool, "UV_RESOLUTION": lambda value: value not in ("", "highest")},
    "uv": {"PIP_IGNORE_REQUIRES_PYTHON": is_on, "PIP_USE_DEPRECATED": lambda value: "legacy-resolver" in value.split()},
}


def said(name):
    value = os.environ.get(name, "")
    return value if name != "PIP_PRE" or is_on(value) else ""


def date_for(value, days):
    value = value.strip()
    if re.match(r"^\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([Zz]|[+-]\\d\\d:\\d\\d)$", value):
        return value.replace(" ", "T")
    try:
        return (datetime.datetime.strptime(value, "%Y-%m-%d") + datetime.timedelta(days)).strftime("%Y-%m-%d")
    except ValueError:
        return value if days < 0 and re.match(r"^P\\d+D$", value) else None


def prerelease_for_uv():
    form = (said("PIP_PRE") != "", said("PIP_ALL_RELEASES").strip(), said("PIP_ONLY_FINAL").strip())
    mode = {(True, "", ""): "allow", (False, ":all:", ""): "allow", (False, "", ":all:"): "disallow"}.get(form)
    return mode and {"UV_PRERELEASE": mode}


def in_words_of(tool, meaning):
    if meaning is PRERELEASES:
        return prerelease_for_uv() if tool == "uv" else MODES.get(said("UV_PRERELEASE"))
    date = date_for(said(meaning[tool == "uv"][0]), -1 if tool == "uv" else 1)
    return date and {meaning[tool == "pip"][0]: date}


def take_variables(name):
    # What this machine says and would lead nowhere here by name: the files of variables lie beside this script.
    here = os.path.dirname(os.path.abspath(__file__))
    file = os.path.join(here, name)
    if os.path.exists(file):
        with open(file) as opened:
            values = json.load(opened)
        os.environ.update({name: value.replace("${TOOLS_PLACE}", here) for name, value in values.items()})


# Before it is chosen which installer knows all of them.
take_variables("${MACHINE_LINKS_NAME}")


def lacks_hashes(runs):
    # No lock has a hash of a local package. What was generated of a lock has one requirement a line.
    texts = [text_of(file) for argv in runs if "--require-hashes" not in argv for file in files_of(argv) if is_file(file)]
    return not task["isPinned"] or any(re.search(r"(?m)^(?![-./#]|[ \\t]*$)(?!.* --hash=)", text) for text in texts)


def choose_alike(program, runs, is_first):
    # Whether the installer can honour the variables. After another one has failed, what that has printed is what counts.
    tool, refused, argv = ("pip" if program == "{python}" else "uv"), [], runs[0] if runs else []
    if is_first:
        take_variables("${MACHINE_VARIABLES_NAME}")
    for names in CONSTRAINTS[1:] if task["isPinned"] else CONSTRAINTS:
        files = " ".join(dict.fromkeys(" ".join(map(said, names)).split()))
        if files:
            os.environ.update({name: files for name in names})
    if lacks_hashes(runs):
        refused += [name + ":no-hashes" for name in sorted(STRICT) if is_on(os.environ.get(name, ""))]
    if task["isPinned"]:
        return not tell_refused(tool, refused, is_first)
    refused += [name + ":other" for name, asks in ALONE[tool].items() if asks(said(name))]
    is_dated = "--exclude-newer" in argv or "--uploaded-prior-to" in argv
    for meaning in (PRERELEASES,) if is_dated else (DATES, PRERELEASES):
        mine, others = meaning if tool == "uv" else meaning[::-1]
        named = [name for name in others if said(name)]
        if named and not any(map(said, mine)):
            words = in_words_of(tool, meaning)
            if words is None:
                refused.append(named[0] + (":value" if meaning is DATES else ":other"))
            os.environ.update(words or {})
        if tool == "pip" and any(said(name) for name in mine if name != "PIP_PRE") and is_old_pip():
            refused.append(next(name for name in mine + others if SAID.get(name)) + ":old-pip")
    return not tell_refused(tool, refused, is_first)


def tell_refused(tool, refused, is_first):
    if refused and is_first:
        print("${VERSIONS_REFUSED}", tool, " ".join(refused), file=sys.stderr)
    return refused


def is_old_pip():
    try:
        import pip

        return int(pip.__version__.split(".")[0]) < ${Number.parseInt(MINIMUM_DATED_PIP, 10)}
    except Exception:
        return False


def options_for_uv():
    no_deps = not task["isPinned"] and (is_on(os.environ.get("PIP_NO_DEPS", "")) or is_on(os.environ.get("PIP_NO_DEPENDENCIES", "")))
    return (["--no-index"] if os.environ.get("UV_NO_INDEX") else []) + (["--no-deps"] if no_deps else [])
`.trim();

/** The install of a container, and the variables of the bundle. */
interface AskedOfContainer extends Pick<InstallTask, 'install'>, Partial<Pick<InstallTask, 'environment'>> {}

/** The error that a container's installer cannot honour variables that choose versions, from its output. */
export const variablesRefusedInContainer = (
  { install, environment = {} }: AskedOfContainer,
  output: string,
): ExecutionError | undefined => {
  const { docker } = install;
  const [, tool, listed = ''] = new RegExp(`${VERSIONS_REFUSED} (uv|pip) (.*)`).exec(output) ?? [];
  const variables = listed.split(' ').flatMap((word) => {
    const [name = '', reason = ''] = word.split(':');
    const because = REFUSED_BECAUSE.find((each) => each === reason.replace('-', ' '));
    const by = has(environment, name) ? '`bundling.environment`' : "this machine's environment or the image";
    return because === undefined
      ? []
      : [{ _tag: 'RefusedVariable' as const, variable: `${name} of ${by}`, because }];
  });
  return variables.length === 0 || tool === undefined
    ? undefined
    : {
        _tag: 'VariablesRefused',
        variables,
        lacking: variables.some(({ because }) => because === 'no hashes') ? withoutHash(install) : [],
        tool: `${tool} in ${docker.image}`,
        other: tool === 'uv' ? 'pip' : 'uv',
        isInContainer: true,
      };
};
