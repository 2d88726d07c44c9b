"""A wheel of one module, as somebody's own build leaves it."""

import sys
from zipfile import ZipFile

file, module, source = sys.argv[1:]
about = f"{module}-1.0.dist-info"
with ZipFile(file, "w") as wheel:
    wheel.writestr(f"{module}.py", source)
    wheel.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
    wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
    wheel.writestr(f"{about}/RECORD", "")
