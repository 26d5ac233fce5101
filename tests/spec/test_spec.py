#!/usr/bin/env python3
"""spec.py notices an example that does not hold, one whose exit code is another, and one that prints more than is shown."""
import os, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = [  # the block, whether it holds
    ("$ echo a\na\n", True), ("$ echo a\nb\n", False), ("$ echo a\n", False), ("$ false\n", False), ("$ false\n[exit 1]\n", True),
    ("$ printf 'a\\nb\\nc\\n'\na\n...\n", True), ("$ printf 'a\\nb\\nc\\n'\n...\nb\n", False), ("$ echo a \\\n  b\na b\n", True),
    ("$ echo a | false | cat\na\n", False), ("$ chengnuo\nhere\n", True),
]
failed = 0
with tempfile.TemporaryDirectory() as folder:
    program, page = f"{folder}/program", f"{folder}/page.md"
    with open(program, "w") as f:
        f.write("#!/bin/sh\necho here\n")
    os.chmod(program, 0o755)
    for block, holds in CASES:
        with open(page, "w") as f:
            f.write(f"# A page\n\n```console\n{block}```\n")
        done = subprocess.run([sys.executable, f"{HERE}/spec.py", page], env={**os.environ, "CHENGNUO": program}, capture_output=True, text=True)
        if (done.returncode == 0) != holds:
            failed += 1
            print(f"FAILED: {block!r} {'fails' if holds else 'passes'}: {done.stdout}{done.stderr}")
print(f"{len(CASES)} checks, {failed} failed")
sys.exit(1 if failed else 0)
