"""Prints the folders in which an isolated Python finds modules, one a line."""

import sys

from user_packages import add_user_packages

if __name__ == "__main__":
    add_user_packages()
    print("\n".join(sys.path))
