"""What a container's script is asked to do: its first argument, as JSON.

With a second argument, `wheels`, only wheels are taken and nothing is built, whatever the task says.
"""

import os
import sys

# Filled once the script runs. Each module of the script reads it.
task = {}

WHEELS_ONLY = sys.argv[2:3] == ["wheels"]


def own_folder():
    # Files for the script lie beside it.
    return os.path.dirname(os.path.abspath(__file__))


def text_of(file):
    with open(os.path.join(task["folder"], file), encoding="utf-8", errors="replace") as opened:
        return opened.read()


def is_file(file):
    return os.path.isfile(os.path.join(task["folder"], file))
