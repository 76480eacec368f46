import { CONFIG_SETTINGS_VARIABLE } from '../../plan/target/config-setting';
import { CONTAINER_FOLDERS } from '../../plan/install/docker-argv';
import { INDEX_VARIABLES } from '../../plan/variables/declared-index';
import { namesOf, STRICT_VARIABLES } from '../../plan/variables/installer-variables';
import { CANARY_BACK, CANARY_NAME } from '../../plan/install/mount-canary';
import { CONTAINER_PIP_NAME, CONTAINER_QUIET_PIP_NAME } from '../scripts/refused-builds';
import { CONTAINER_ATTEMPTS } from '../scripts/container-attempts';
import { CONTAINER_ORDER } from '../scripts/container-order';
import { CONTAINER_PAGES } from '../scripts/container-pages';
import { CONTAINER_REACH } from './container-reach';
import { CONTAINER_VERSIONS } from './container-versions';
import { ORDER_REFUSED } from '../errors/index-error';
import { INSTALLER_FILE } from '../errors/installer-used';
import { NO_UV } from '../install/needs-uv';
import { CONTAINER_LACKS_GIT, NO_GIT } from '../git/no-git-in-image';
import { TARGET_VARIABLE } from '../scripts/pip-for-target';

/** The name under which {@link CONTAINER_SCRIPT} lies in a build container; the plan's command has it. */
export const CONTAINER_SCRIPT_NAME = 'install.py';

const HANDED_ON = [...namesOf('handed on'), ...namesOf('index'), ...namesOf('build'), 'PIP_CONFIG_FILE'];

/**
 * What runs in a build container: installs with the first of the plan's installers that is there, then compiles. Two steps in
 * one container, because starting a second takes half a second.
 * With a second argument, `wheels`, only wheels are taken and nothing is built, whatever the task says.
 *
 * uv is left out where pip is set up in a way that uv does not know of: it would ask another index. Where uv fails, pip
 * has the last word, as it has without uv; but not where only uv knows the index: pip would take a stranger's package of
 * a private name from the public one. Where further indexes are named and nothing pins the versions, pip never installs,
 * because it cannot ask indexes in an order; uv then gets the indexes of pip's settings.
 *
 * Installers get the variables of uv and pip that may be handed on, whoever has set them: this machine, the user or the image.
 * An image's own pip.conf and uv.toml count, because the image is a part of the key; uv reads no other file.
 */
export const CONTAINER_SCRIPT = `
import base64, configparser, datetime, hashlib, json, os, posixpath, re, shutil, subprocess, sys, tempfile

PIP_ALONE = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_NO_INDEX", "PIP_FIND_LINKS", "PIP_CONFIG_FILE", "PIP_CONSTRAINT")
UV_INDEX = ("UV_INDEX", "UV_INDEX_URL", "UV_DEFAULT_INDEX", "UV_EXTRA_INDEX_URL", "UV_NO_INDEX", "UV_FIND_LINKS")
PIP_INDEX = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_NO_INDEX", "PIP_CONFIG_FILE")
HANDED_ON = set("${HANDED_ON.join(' ')}".split())
CHOOSING = set("${namesOf('resolution').join(' ')}".split())
STRICT = set("${STRICT_VARIABLES.join(' ')}".split())
OTHER_INDEXES = "${INDEX_VARIABLES.join(' ')}".split()
UV_FILE = "/etc/uv/uv.toml"
PIP_FILES = ("/etc/pip.conf", "/etc/xdg/pip/pip.conf", "~/.pip/pip.conf", "~/.config/pip/pip.conf", os.path.join(sys.prefix, "pip.conf"))

BYTECODE_FOLDER = "${CONTAINER_FOLDERS.bytecode}"
INPUT_FOLDER = "${CONTAINER_FOLDERS.input}"


def hand_back_canary():
    # By it the other side tells that it looks at the same folders.
    try:
        here = os.path.dirname(os.path.abspath(__file__))
        shutil.copyfile(os.path.join(here, "${CANARY_NAME}"), os.path.join(BYTECODE_FOLDER, "${CANARY_BACK}"))
    except OSError:
        pass


def name_installer(program):
    # For the manifest of the bundle: what installed, and in which version.
    try:
        if program == "{python}":
            import pip

            name, version = "pip", pip.__version__
        else:
            name, version = "uv", subprocess.check_output([program, "--version"]).decode().split()[1]
        with open(os.path.join(BYTECODE_FOLDER, "${INSTALLER_FILE}"), "w") as file:
            json.dump({"name": name, "version": version}, file)
    except Exception:
        pass


def is_on(value):
    return value.strip().lower() not in ("", "0", "n", "no", "f", "false", "off")


def is_set(names):
    return any(os.environ.get(name) for name in names)


def has_pip_file():
    return any(os.path.exists(os.path.expanduser(name)) for name in PIP_FILES)


def may_use_uv():
    return is_set(UV_INDEX) or not (is_set(PIP_ALONE) or has_pip_file())


def may_follow_uv():
    return not is_set(UV_INDEX) or is_set(PIP_INDEX) or has_pip_file()


def urls(*names):
    found = " ".join(os.environ.get(name, "") for name in names).split()
    return [re.sub("^[A-Za-z0-9_.-]+=(?=[A-Za-z][A-Za-z0-9+.-]*:)", "", url) for url in found]


def tell_pip():
    first, more = urls("UV_DEFAULT_INDEX", "UV_INDEX_URL"), urls("UV_INDEX", "UV_EXTRA_INDEX_URL")
    if first:
        os.environ["PIP_INDEX_URL"] = first[0]
    if more:
        os.environ["PIP_EXTRA_INDEX_URL"] = " ".join(more)
    if os.environ.get("UV_NO_INDEX"):
        os.environ.update(PIP_NO_INDEX="1", PIP_FIND_LINKS=os.environ.get("UV_FIND_LINKS", "").replace(",", " "))


${CONTAINER_ORDER}


${CONTAINER_REACH}


${CONTAINER_VERSIONS}


def is_handed_on(name, value):
    if not name.startswith(("UV_", "PIP_")):
        return True
    if name in CHOOSING:
        return not task["isPinned"]
    return name in HANDED_ON or re.match("UV_INDEX_[A-Za-z0-9_]+_(USERNAME|PASSWORD)$", name) is not None


def guarded(argv):
    if argv[0].endswith("/uv"):
        argv = argv + options_for_uv()
        if "--no-config" in argv and os.path.exists(UV_FILE):
            at = argv.index("--no-config")
            argv = argv[:at] + ["--config-file", UV_FILE] + argv[at + 1:]
    return argv


def files_of(argv):
    return [argv[index + 1] for index, word in enumerate(argv[:-1]) if word == "--requirement"]


def text_of(file):
    with open(os.path.join(task["folder"], file), encoding="utf-8", errors="replace") as opened:
        return opened.read()


def names_index(argv):
    # A lock says from which index the packages of a run come: no variable may name another.
    texts = [text_of(file) for file in files_of(argv)] if "--no-deps" in argv and not task.get("isUnlocked") else []
    return any(re.search(r"(?m)^[ \\t]*--index-url", text) for text in texts)


def forces_builds(files, seen):
    # uv follows a line of a requirements file that asks for a build, even with --only-binary.
    for file in files:
        file = os.path.normpath(os.path.join(task["folder"], file))
        if file in seen or not os.path.isfile(file):
            continue
        text = text_of(file)
        # Kept simple: the image has no parser of requirements files. src/exec/files/requirement-texts.ts reads them on this machine.
        included = re.findall(r"(?m)^[ \\t]*(?:-r|-c|--requirement|--constraint)[ \\t=]*([^\\s#]+)", text)
        included = [os.path.join(os.path.dirname(file), name) for name in included]
        if re.search(r"(?m)^[ \\t]*--no-binary", text) or forces_builds(included, seen | {file}):
            return True
    return False


def would_build(argv):
    return wheels_only(argv) and forces_builds(files_of(argv), frozenset())


def without_builds(argv):
    # pip builds folders and URLs all the same, so one is used that cannot.
    if argv[1:4] == ["-I", "-m", "pip"]:
        argv = argv[:1] + ["-I", os.path.join(os.path.dirname(os.path.abspath(__file__)), "${CONTAINER_PIP_NAME}")] + argv[4:]
    return argv


def run(argv, output, builds):
    dropped = OTHER_INDEXES if names_index(argv) else ()
    handed_on = [(name, value) for name, value in os.environ.items() if name not in dropped and is_handed_on(name, value)]
    environment = dict(handed_on, PIP_USE_PEP517="1")
    places = {"{python}": sys.executable, "{output}": output}
    if task.get("markers"):
        environment["${TARGET_VARIABLE}"] = json.dumps(task["markers"])
    environment["${CONFIG_SETTINGS_VARIABLE}"] = json.dumps(task.get("configSettings", []))
    argv = guarded(argv) if builds else without_builds(guarded(argv))
    quiet_pip = os.path.join(os.path.dirname(os.path.abspath(__file__)), "${CONTAINER_QUIET_PIP_NAME}")
    if argv[1:4] == ["-I", "-m", "pip"] and os.path.exists(quiet_pip):
        argv = argv[:1] + ["-I", quiet_pip] + argv[4:]
    words = [places.get(argument, argument) for argument in argv]
    try:
        started = subprocess.Popen(words, cwd=task["folder"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        said = started.communicate()[0].decode("utf-8", "replace")
        return started.returncode, said
    except OSError as error:
        return 126, "%s\\n" % error


def is_folder(path):
    return os.path.isdir(path) and not os.path.islink(path)


def remove(path):
    if is_folder(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.remove(path)


def merge(source, target):
    for name in os.listdir(source):
        old, new = os.path.join(source, name), os.path.join(target, name)
        if is_folder(old) and is_folder(new):
            merge(old, new)
        else:
            remove(new)
            shutil.move(old, new)


def run_all(runs, output, builds):
    code, said = run(runs[0], output, builds)
    for argv in runs[1:]:
        if code != 0:
            break
        beside = tempfile.mkdtemp()
        code, more = run(argv, beside, builds)
        said += more
        if code == 0:
            merge(beside, output)
        shutil.rmtree(beside, ignore_errors=True)
    return code, said


${CONTAINER_ATTEMPTS}


${CONTAINER_LACKS_GIT}


${CONTAINER_PAGES}


def install(installers, output):
    if lacks_git():
        print("${NO_GIT}", file=sys.stderr)
        return 1
    code, order = None, ordered_by()
    if order or task.get("installer") == "uv":
        tell_uv()
    may_use = order != "" or task.get("installer") == "uv" or may_use_uv()
    for at, runs in enumerate(installers):
        program = runs[0][0] if runs else "{python}"
        if program != "{python}" and not (os.access(program, os.X_OK) and may_use and not any(map(would_build, runs))):
            continue
        if program == "{python}" and order:
            continue
        if program == "{python}" and not may_follow_uv():
            tell_pip()
        if not choose_alike(program, runs, code is None):
            return code or 1
        clear(output)
        levels = [all_runs[at] for all_runs in (installers, task.get("newer")) if all_runs]
        code, said = install_with(levels, output)
        said += pages_seen(program, code, said, runs, output) if order or not may_follow_uv() else ""
        sys.stderr.buffer.write(said.encode("utf-8", "replace"))
        sys.stderr.flush()
        if code == 0 and runs:
            name_installer(program)
        if code == 0 or (program != "{python}" and not may_follow_uv()):
            break
    if code is None and order:
        print("${ORDER_REFUSED}", order, file=sys.stderr)
        return 1
    if code is None and installers:
        print("${NO_UV}", file=sys.stderr)
        return 1
    return 127 if code is None else code


task = json.loads(sys.argv[1])
WHEELS_ONLY = sys.argv[2:3] == ["wheels"]
hand_back_canary()
reach_alike()
if task.get("whole"):
    # Also where the environment keeps a script's folder off the search path.
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    from whole_build import build

    code = build(task, install)
else:
    code = install(task["installers"], task["output"])
if code == 0 and task["bytecode"]:
    compile_task = dict(task["bytecode"], root=task["output"])
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bytecode.py")
    subprocess.call([sys.executable, "-I", "-S", "-B", script, "tree", json.dumps(compile_task)])
sys.exit(code)
`.trimStart();
