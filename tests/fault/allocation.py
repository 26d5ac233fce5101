#!/usr/bin/env python3
"""The nth allocation fails, for every n: the program ends with exit code 4 and a message, or does its work all the same.

usage: CHENGNUO_FAULT=program allocation.py [--most RUNS] WORD [ARGUMENT ...]
The words are those of the program, run in a folder of its own with the sample as notice.txt; `-o FILE` is added where the
words hold `-o`. Never: a signal, another exit code, exit 0 with other bytes, a half-written or left-over file, an
existing file changed by a run that failed. Of more than RUNS allocations (default 1500) every kth is failed.
"""
import os, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.path.abspath(os.environ["CHENGNUO_FAULT"])
# Memory that is lost on the way out is no fault of a program that is ending.
ASAN = "detect_leaks=0:abort_on_error=1:allocator_may_return_null=1"


def run(words, folder, **settings):
    environment = {**os.environ, "ASAN_OPTIONS": ASAN, **settings}
    done = subprocess.run([PROGRAM, *words], cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
    return done.returncode, done.stdout, done.stderr.decode(errors="replace")


def state(folder):
    """Every file of the folder with its bytes."""
    return {name: open(os.path.join(folder, name), "rb").read() for name in sorted(os.listdir(folder))}


def main(arguments):
    most = 1500
    if arguments[:1] == ["--most"]:
        most, arguments = int(arguments[1]), arguments[2:]
    failed = 0
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as side:
        sample = open(f"{ROOT}/samples/shandong-2020/notice.txt", "rb").read().splitlines(keepends=True)
        open(f"{folder}/notice.txt", "wb").write(b"".join(sample[:16]))
        if "-o" in arguments and not arguments[arguments.index("-o") + 1].endswith(".sqlite"):  # which would be added to
            open(os.path.join(folder, arguments[arguments.index("-o") + 1]), "wb").write(b"what was there before\n")
        before = state(folder)
        count = os.path.join(side, "count")
        normal, out, error = run(arguments, folder, CN_FAULT_COUNT=count)
        if normal != 0 or not os.path.exists(count):
            sys.exit(f"{' '.join(arguments)}: exit {normal} without any fault: {error}")
        total, after = int(open(count).read()), state(folder)
        step = max(1, -(-total // most))
        runs = 0
        for name in after.keys() - before.keys():
            os.unlink(os.path.join(folder, name))
        for n in range(1, total + 1, step):
            for name, data in before.items():
                open(os.path.join(folder, name), "wb").write(data)
            status, got, error = run(arguments, folder, CN_FAULT_AT=str(n))
            left = state(folder)
            wrong = None
            if status == 0 and (got != out or left != after):
                wrong = "exit 0, but other bytes"
            elif status == 4 and not error.strip():
                wrong = "exit 4 without a message"
            elif status not in (0, 4):
                wrong = f"ended with {status}"
            elif status == 4 and left != before:
                wrong = f"files changed or left: {sorted(k for k in left.keys() | before.keys() if left.get(k) != before.get(k))}"
            runs += 1
            if wrong:
                failed += 1
                if failed <= 5:
                    print(f"FAILED: allocation {n} of {total}: {wrong}\n{error[-1500:]}")
            for name in left.keys() - before.keys():
                os.unlink(os.path.join(folder, name))
    print(f"{' '.join(arguments)}: {total} allocations, {runs} failed on purpose, {failed} went wrong")
    return 1 if failed or not runs else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
