"""Refuses the script of an entry point whose name is a path.

pip writes the script wherever the name leads, an absolute path included.
"""

import os


def is_path(name):
    return name in ("", ".", "..") or os.path.basename(name) != name or "\\" in name


def refuse_script_paths():
    from pip._internal.exceptions import InstallationError
    from pip._vendor.distlib.scripts import ScriptMaker

    write_script = ScriptMaker._write_script

    def write_inside(self, names, *rest, **more):
        for name in names:
            if is_path(name):
                raise InstallationError("a distribution names a script that is a path: %r" % name)
        return write_script(self, names, *rest, **more)

    ScriptMaker._write_script = write_inside
