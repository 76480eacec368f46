"""Packages of the user's home, where `pip install --user` puts installers."""

import os
import site
import sys


def add_user_packages():
    # An isolated Python leaves them out, and a virtual environment does not have them.
    if sys.prefix != sys.base_prefix or os.environ.get("PYTHONNOUSERSITE"):
        return
    folder = site.getusersitepackages()
    if folder not in sys.path:
        sys.path.append(folder)
