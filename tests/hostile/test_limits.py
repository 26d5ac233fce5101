#!/usr/bin/env python3
"""The guards of hostile.py have teeth: a program that spins, one that eats memory, one that crashes are each caught."""
import os, stat, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAMS = {
    "spins": "while :; do :; done",
    "eats memory": "exec tail /dev/zero",
    "crashes": "kill -SEGV $$",
    "says nothing": "exit 3",
    "talks no JSON": "echo hello",
    "writes a file": 'echo x >left; echo "{}"',
}
failed = 0
for name, body in PROGRAMS.items():
    with tempfile.TemporaryDirectory() as folder:
        program = f"{folder}/program"
        with open(program, "w") as f:
            f.write(f"#!/bin/bash\n{body}\n")
        os.chmod(program, stat.S_IRWXU)
        code = f"""import sys; sys.path.insert(0, {HERE!r}); import hostile, inputs
hostile.CPU_SECONDS = 1
inputs.notices, inputs.event_lines = lambda: [('small', b'x', (0, 3))], lambda: []
sys.exit(hostile.main([]))"""
        done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "CHENGNUO": program}, capture_output=True, text=True, timeout=300)
        if done.returncode != 1 or "FAILED" not in done.stdout:
            failed += 1
            print(f"FAILED: a program that {name} passes: {done.stdout[-500:]}{done.stderr[-500:]}")
print(f"{len(PROGRAMS)} checks, {failed} failed")
sys.exit(1 if failed else 0)
