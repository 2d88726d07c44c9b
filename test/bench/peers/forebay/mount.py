"""Times `forebay.mount` as the first call in a new kernel: mount.py KERNEL-PACKAGE REF; prints seconds and the path."""

import sys
import time

sys.path.insert(0, sys.argv[1])
import forebay

begun = time.perf_counter()
path = forebay.mount(sys.argv[2])
print(time.perf_counter() - begun)
print(path)
