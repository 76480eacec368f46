import { FURTHER_INDEXES } from '../../plan/install/index-order';
import { AS_PIP } from '../../plan/target/install-choice';

/**
 * The part of a container's script that knows whether the order of the package indexes counts, and gives uv the indexes of pip's
 * variables and files there. On this machine `plan/install/index-order.ts` and `plan/variables/installer-environment.ts` decide the same.
 */
export const CONTAINER_ORDER = `
OF_PIP = (
    ("PIP_INDEX_URL", "UV_DEFAULT_INDEX", " "),
    ("PIP_EXTRA_INDEX_URL", "UV_INDEX", " "),
    ("PIP_NO_INDEX", "UV_NO_INDEX", " "),
    ("PIP_FIND_LINKS", "UV_FIND_LINKS", ","),
    ("PIP_CONSTRAINT", "UV_CONSTRAINT", " "),
)
FURTHER = "${FURTHER_INDEXES.join(' ')}".split()


def pip_files():
    named = os.environ.get("PIP_CONFIG_FILE", "")
    return () if named == os.devnull else PIP_FILES + ((named,) if named else ())


def pip_setting(name):
    # As pip reads it: a variable before a file, a later file before an earlier one, [install] before [global].
    if name in os.environ:
        return os.environ[name]
    option, found = name[4:].lower().replace("_", "-"), {}
    for file in pip_files():
        parser = configparser.RawConfigParser()
        try:
            parser.read(os.path.expanduser(file), encoding="utf-8")
        except (configparser.Error, UnicodeDecodeError):
            continue
        for section in parser.sections():
            for key, value in parser.items(section):
                if key.replace("_", "-") == option:
                    found[section] = value
    return " ".join(found.get("install", found.get("global", "")).split())


def ordered_by():
    # What adds an index whose order counts; empty where the order decides nothing.
    if task["isPinned"] or task.get("installer") == "pip" or os.environ.get("UV_INDEX_STRATEGY") == "${AS_PIP}":
        return ""
    if task.get("isOrdered"):
        return "line"
    return next(filter(os.environ.get, FURTHER), "pip.conf" if pip_setting("PIP_EXTRA_INDEX_URL") else "")


def tell_uv():
    if not is_set(UV_INDEX):
        for name, of_uv, separator in OF_PIP:
            value = pip_setting(name)
            if is_on(value) and not os.environ.get(of_uv):
                os.environ[of_uv] = separator.join(value.split())
`.trim();
