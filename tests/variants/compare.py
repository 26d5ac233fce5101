"""Compares the record of every shape of the sample notice with the record of the text it was made from.

In:  tests/variants/files/*, differ.tsv.  Out: exit code 0 when each file's blocks equal the text's in every field but
`line` (and its head in every field but `source`), but for the rows that differ.tsv admits: file, rows, why. Where a file
is better than admitted it says so, so that the list gets shorter.
"""

import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLE = os.path.join(HERE, "..", "..", "samples", "shandong-2020", "notice.txt")
PROGRAM = os.environ["CHENGNUO"]


def convert(path):
    done = subprocess.run([PROGRAM, "convert", "--fail-on", "never", path], capture_output=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{path}: exit code {done.returncode}: {done.stderr.decode(errors='replace')}")
    return without_lines(json.loads(done.stdout))


def without_lines(value):
    if isinstance(value, dict):
        return {key: without_lines(item) for key, item in value.items() if key != "line"}
    return [without_lines(item) for item in value] if isinstance(value, list) else value


def first_difference(want, got, path=""):
    if isinstance(want, dict) and isinstance(got, dict):
        for key in list(want) + [key for key in got if key not in want]:
            if want.get(key) != got.get(key):
                return first_difference(want.get(key), got.get(key), f"{path}.{key}")
    if isinstance(want, list) and isinstance(got, list) and len(want) == len(got):
        for i, (a, b) in enumerate(zip(want, got)):
            if a != b:
                return first_difference(a, b, f"{path}[{i}]")
    return f"{path or '.'}\n    want {json.dumps(want, ensure_ascii=False)}\n    got  {json.dumps(got, ensure_ascii=False)}"


def rows_of(notice):
    return [(block["name"], row) for block in notice["blocks"] for row in block["rows"]]


def compare(want, got):
    """How many rows differ, and the first thing that does."""
    rows, others = rows_of(want), rows_of(got)
    differing = sum(a != b for a, b in zip(rows, others)) + abs(len(rows) - len(others))
    head = {key: value for key, value in want.items() if key not in ("source", "blocks", "diagnostics")}
    other_head = {key: got.get(key) for key in head}
    if want["blocks"] != got["blocks"]:
        return max(differing, 1), first_difference(want["blocks"], got["blocks"], "blocks")
    return (0, "") if head == other_head else (1, first_difference(head, other_head))


def admitted():
    found = {}
    with open(os.path.join(HERE, "differ.tsv"), encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                name, rows, _ = line.rstrip("\n").split("\t")
                found[name] = int(rows)
    return found


def main():
    want, failed = convert(SAMPLE), 0
    allowed, folder = admitted(), os.path.join(HERE, "files")
    names = sorted(os.listdir(folder))
    if len(names) < 15 or len(rows_of(want)) < 40 or set(allowed) - set(names):
        sys.exit("variants: files are missing, or differ.tsv names one that is not there")
    for name in names:
        differing, what = compare(want, convert(os.path.join(folder, name)))
        if differing < allowed.get(name, 0):
            print(f"{name}: only {differing} rows differ: say so in tests/variants/differ.tsv")
        if differing <= allowed.get(name, 0):
            continue
        failed += 1
        print(f"{name}: {differing} rows differ, {allowed.get(name, 0)} are admitted (tests/variants/differ.tsv)\n  {what}")
    print(f"{len(names)} shapes, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
