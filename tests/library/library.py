#!/usr/bin/env python3
"""The library gives the bytes that the program gives, and shows nothing of itself but chengnuo.h.

usage: CHENGNUO=program library.py LIBRARY_TEST LIBCHENGNUO LIBRARY_EXAMPLE
"""
import json, os, subprocess, sys

SAMPLE = os.path.join(os.environ["CN_SOURCE"], "samples/shandong-2020")


def main(test, library, example):
    program = subprocess.run([os.environ["CHENGNUO"], "convert", "-f", "json", "notice.txt"], cwd=SAMPLE, stdout=subprocess.PIPE)
    called = subprocess.run([test, "notice.txt"], cwd=SAMPLE, stdout=subprocess.PIPE)
    wrong = []
    if program.returncode or called.returncode:
        wrong.append(f"exit codes {program.returncode} of the program, {called.returncode} of the library's test")
    if program.stdout != called.stdout or len(program.stdout) < 1000:
        wrong.append(f"the library gives {len(called.stdout)} bytes, the program {len(program.stdout)}")
    names = [x.split()[-1] for x in subprocess.run(["nm", "-D", "--defined-only", library], capture_output=True, text=True, check=True).stdout.splitlines()]
    foreign = [n for n in names if not n.startswith("chengnuo_") and not n.startswith("_")]
    if foreign or not names:
        wrong.append(f"the library exports {foreign[:5] or 'nothing'}")
    shown = json.loads(subprocess.run([example], capture_output=True, check=True).stdout)
    if [t["value"] for t in shown["blocks"][0]["rows"][0]["targets"]] != [20]:
        wrong.append("the example of docs/library.md does not find its target")
    print("\n".join("FAILED: " + w for w in wrong) or "the library gives what the program gives")
    return 1 if wrong else 0


sys.exit(main(*sys.argv[1:]))
