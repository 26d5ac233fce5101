#!/usr/bin/env python3
"""`extract FILE | normalize | emit -f F` gives the same bytes as `convert -f F FILE`, for every notice and text format.

usage: CHENGNUO=program pipes.py
Also: the reader that leaves early (head -1) ends the pipe without a message, and a stream without its `end` is refused.
"""
import glob, os, re, subprocess, sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.path.abspath(os.environ["CHENGNUO"])
failed = checks = 0


def run(words, data=None):
    done = subprocess.run([PROGRAM, *words], input=data, stdin=None if data is not None else subprocess.DEVNULL, capture_output=True, timeout=120)
    return done.returncode, done.stdout, done.stderr.decode(errors="replace")


def check(ok, what):
    global failed, checks
    checks += 1
    if not ok:
        failed += 1
        print("FAILED: " + what)


def formats():
    """The formats of emit/formats.def that can be written to a pipe."""
    text = open(os.path.join(ROOT, "emit/formats.def"), encoding="utf-8").read()
    names = re.findall(r"^CN_FORMAT\((\w+)", text, re.M)
    return [n.lower() for n in names if n.lower() not in ("sqlite", "xlsx")]


def notices():
    files = glob.glob(f"{ROOT}/samples/*/notice.*") + glob.glob(f"{ROOT}/tests/accuracy/notices/*")
    return sorted(f for f in files)


never = ["--fail-on", "never", "--diagnostics", "none"]
for notice in notices():
    name = os.path.relpath(notice, ROOT)
    layout = ["--layout", "lines"] if "-sent-" in name else []
    status, rows, error = run(["extract", *layout, *never, notice])
    check(status == 0, f"extract {name}: exit {status}: {error[-500:]}")
    status, records, error = run(["normalize", *never], rows)
    check(status == 0, f"normalize {name}: exit {status}: {error[-500:]}")
    for form in formats():
        status, piped, error = run(["emit", "-f", form, *never], records)
        check(status == 0, f"emit -f {form} {name}: exit {status}: {error[-500:]}")
        status, direct, error = run(["convert", "-f", form, *layout, *never, notice])
        check(status == 0 and piped == direct, f"convert -f {form} {name} (exit {status}) is not extract | normalize | emit")
    cut = b"".join(records.splitlines(keepends=True)[:-1])
    status, _, error = run(["emit", "-f", "json"], cut)
    check(status == 3 and error.strip(), f"{name}: a stream that was cut off is taken for whole (exit {status})")

sample = f"{ROOT}/samples/shandong-2020/notice.txt"
done = subprocess.run(["bash", "-c", 'set -o pipefail; "$0" extract --diagnostics none "$1" | head -n 1', PROGRAM, sample], capture_output=True, timeout=60)
check(done.stdout.count(b"\n") == 1 and done.stderr == b"", f"head -1 ends the pipe with a message: {done.stderr.decode()}")
print(f"{checks} checks, {failed} failed")
sys.exit(1 if failed else 0)
