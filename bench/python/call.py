"""Imports a handler's module as Lambda does, in a fresh interpreter, and calls it; prints how long the import took.

Run with -I -S -B: nothing of this machine's packages, and nothing is written, for /var/task is read-only.
"""

import json
import sys
import time

bundle, handler = sys.argv[1:]
module, function = handler.rsplit(".", 1)
sys.path.insert(0, bundle)
start = time.perf_counter()
imported = __import__(module)
seconds = time.perf_counter() - start
print(json.dumps({"seconds": seconds, "answer": getattr(imported, function)({}, None)}))
