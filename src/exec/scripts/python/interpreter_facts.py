"""Prints which Python this is, as JSON. The other side decides whether its byte code is that of Lambda's Python."""

import json
import sys


def facts():
    python = sys.implementation
    return [python.name, python.cache_tag, sys.version_info.releaselevel, sys.executable, getattr(sys, "abiflags", "")]


if __name__ == "__main__":
    print(json.dumps(facts()))
