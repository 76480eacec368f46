"""Settings of uv and pip in a container: variables, and the files of the image."""

import configparser
import os
import re
import sys

PIP_ALONE = (
    "PIP_INDEX_URL",
    "PIP_EXTRA_INDEX_URL",
    "PIP_NO_INDEX",
    "PIP_FIND_LINKS",
    "PIP_CONFIG_FILE",
    "PIP_CONSTRAINT",
)
UV_INDEX = ("UV_INDEX", "UV_INDEX_URL", "UV_DEFAULT_INDEX", "UV_EXTRA_INDEX_URL", "UV_NO_INDEX", "UV_FIND_LINKS")
PIP_INDEX = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_NO_INDEX", "PIP_CONFIG_FILE")
PIP_FILES = (
    "/etc/pip.conf",
    "/etc/xdg/pip/pip.conf",
    "~/.pip/pip.conf",
    "~/.config/pip/pip.conf",
    os.path.join(sys.prefix, "pip.conf"),
)


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
