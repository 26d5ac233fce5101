#!/usr/bin/env python3
"""No mutable globals: lists what the objects of the given static libraries keep in writable sections.

usage: globals.py LIBRARY ...     Exit status 1 where there is any.
"""
import re, subprocess, sys

# .data.rel.ro and .rodata are const. AddressSanitizer's own tables are not ours.
WRITABLE = re.compile(r"\.(data|bss|tdata|tbss)(?!\.rel\.ro)")


def findings(library):
    out = subprocess.run(["objdump", "-t", library], check=True, capture_output=True, text=True).stdout
    member = "?"
    for line in out.splitlines():
        if ":     file format" in line:
            member = line.split(":")[0]
        fields = line.split()
        if len(fields) >= 5 and " O " in line and any(WRITABLE.match(f) for f in fields) and fields[-2] != "0" * 16:
            yield f"{library}({member}): {fields[-1]} can be written"


found = [f for library in sys.argv[1:] for f in findings(library)]
print("\n".join(found + [f"globals: {len(found)} findings in {len(sys.argv) - 1} libraries"]))
sys.exit(1 if found or len(sys.argv) < 2 else 0)
