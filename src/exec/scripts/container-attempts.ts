import { PIP_REFUSAL } from './refused-builds';
import { CONTAINER_CLASHES } from './container-clashes';
import { OTHER_PLATFORM, PIP_LACKS_WHEEL, UNNAMED_BUILD, UV_LACKS_WHEEL } from './installer-output';
import { MOST_BUILDS } from './wheels-first';

/**
 * The part of a container's script that knows in which order wheels are tried and what is built: as on this machine
 * (\`wheels-first.ts\`, \`newer-wheels.ts\`), so that both take the same versions. Wheels for the oldest C library come first, then
 * newer ones that the container loads, then builds of what has no wheel.
 *
 * Where lines or settings say what may be built, an installer follows them by itself.
 */
export const CONTAINER_ATTEMPTS = String.raw`
LACKS_WHEEL = {True: r"(?m)${PIP_LACKS_WHEEL}", False: r"${UV_LACKS_WHEEL}"}
SETTLED = ("PIP_ONLY_BINARY", "UV_NO_BUILD", "UV_NO_BUILD_PACKAGE")


${CONTAINER_CLASHES}


def is_pip(argv):
    return argv[0] == "{python}"


def with_words(argv, words):
    at = argv.index("install") + 1 if "install" in argv else None
    return argv if at is None else argv[:at] + words + argv[at:]


def lacking(argv, said):
    # uv breaks lines, and may draw a bar before each.
    text = said if is_pip(argv) else re.sub(r"\n\s*[│|]?\s*", " ", said)
    found = re.findall(LACKS_WHEEL[is_pip(argv)], text)
    return [name for at, name in enumerate(found) if name not in found[:at]]


def wheels_only(argv):
    return WHEELS_ONLY or "--only-binary" in argv


def is_settled(runs):
    lines = any(re.search(r"(?m)^[^#\n]*--only-binary", text_of(file)) for argv in runs for file in files_of(argv) if is_file(file))
    return is_set(SETTLED) or lines


def is_file(file):
    return os.path.isfile(os.path.join(task["folder"], file))


def builds_all(runs):
    return any(re.search(r"(?m)^[ \t]*--no-binary[ \t=]*:all:", text_of(file)) for argv in runs for file in files_of(argv) if is_file(file))


def clear(output):
    for name in os.listdir(output):
        remove(os.path.join(output, name))


def at_levels(levels, words, builds, output):
    first = None
    for runs in levels:
        clear(output)
        code, said = run_settled([with_words(argv, words) for argv in runs], output, builds)
        without = lacking(runs[0], said) if code != 0 else []
        if code == 0:
            return code, said, []
        if first is None:
            first = code, said, without
            if not without and not re.search("${OTHER_PLATFORM}", re.sub(r"\s+", " ", said)):
                break
        elif without:
            return code, said, without
    return first


def install_with(levels, output):
    runs = levels[0]
    if not runs:
        return 0, ""
    may_build = not any(map(wheels_only, runs))
    forced = may_build and any(forces_builds(files_of(argv), frozenset()) for argv in runs)
    names = list(task.get("localPackages", ())) if may_build else []
    builds, settled = bool(names) or forced, is_settled(runs)
    wheels = [] if "--only-binary" in runs[0] or builds_all(runs) else ["--only-binary", ":all:"]
    while True:
        words = wheels + [word for name in names for word in ("--no-binary", name)]
        code, said, without = at_levels(levels, words, builds, output)
        if code == 0 or not may_build:
            return code, said
        more = [name for name in without if name not in names]
        refused = "${PIP_REFUSAL.trim()}" in said and not builds
        if settled or len(names) >= ${String(MOST_BUILDS)} or not (more or refused):
            break
        names, builds = names + more, True
    # The hash may be that of a source distribution, where there is a wheel as well.
    differs = "DO NOT MATCH THE HASHES" in said or "Hash mismatch for" in said
    unnamed = re.search(r"${UNNAMED_BUILD}", re.sub(r"\s+", " ", said)) is not None
    if differs or unnamed or settled and (without or refused):
        code, said, _ = at_levels(levels, [], True, output)
    return code, said
`.trim();
