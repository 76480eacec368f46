"""Runs a module, as `-m` does, but imports nothing from the current folder."""

import runpy
import sys

from user_packages import add_user_packages

if __name__ == "__main__":
    add_user_packages()
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
