#!/usr/bin/env python3
"""Runs the program on hostile inputs under real limits set outside it, and byte by byte through a pipe.

usage: CHENGNUO=program hostile.py [NAME ...]      default: every input of inputs.py
Each run has a limit on CPU time and on memory. Wrong: a signal, a sanitizer's report, an exit code that does not fit the
input, failing without a message, output that is not JSON, a file written anywhere, or another answer when the same
bytes come one at a time.
"""
import json, os, resource, subprocess, sys, tempfile, threading

import inputs

PROGRAM = os.path.abspath(os.environ["CHENGNUO"])
SANITIZED = b"__asan_init" in open(PROGRAM, "rb").read()
CPU_SECONDS = 60 if SANITIZED else 20
MEMORY = 1 << 30  # of address space; AddressSanitizer needs terabytes of it and gets a limit on resident memory instead
BY_BYTE = 20000   # inputs up to this size are also fed a byte at a time
checks = failed = 0


def limit():
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not SANITIZED:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def start(words, folder, **how):
    environment = {**os.environ, "ASAN_OPTIONS": "abort_on_error=1:hard_rss_limit_mb=3000:allocator_may_return_null=1"}
    return subprocess.Popen([PROGRAM, *words], cwd=folder, env=environment, preexec_fn=limit, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **how)


def finish(process):
    out, error = process.communicate()
    return process.returncode, out, error.decode(errors="replace")


def check(ok, what):
    global checks, failed
    checks += 1
    if not ok:
        failed += 1
        print("FAILED: " + what, flush=True)


def judge(name, way, result, right):
    status, out, error = result
    check(status in right, f"{name}, {way}: ended with {status}, not {' or '.join(map(str, right))}: {error[-1500:]}")
    check(status == 0 or error.strip(), f"{name}, {way}: exit {status} without a message")
    if status in (0, 1):
        try:
            json.loads(out)
            check(True, "")
        except ValueError as e:
            check(False, f"{name}, {way}: the output is not JSON: {e}")


def byte_by_byte(words, folder, data):
    process = start(words, folder, stdin=subprocess.PIPE)

    def feed():
        try:
            for i in range(len(data)):
                os.write(process.stdin.fileno(), data[i:i + 1])
        except BrokenPipeError:
            pass
        process.stdin = process.stdin.close()

    out, error = [], []
    threads = [threading.Thread(target=feed), threading.Thread(target=lambda: out.append(process.stdout.read())),
               threading.Thread(target=lambda: error.append(process.stderr.read()))]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    process.stdout.close(), process.stderr.close()
    return process.wait(), out[0], error[0].decode(errors="replace")


def try_notice(name, data, right):
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/{name}" + ("" if "." in name else ".txt")
        with open(path, "wb") as f:
            f.write(data)
        words = ["convert", "-f", "json"]
        judge(name, "as a file", finish(start(words + [os.path.basename(path)], folder, stdin=subprocess.DEVNULL)), right)
        with open(path, "rb") as f:
            piped = finish(start(words + ["-"], folder, stdin=f))
        judge(name, "on standard input", piped, right)
        if len(data) <= BY_BYTE:
            slow = byte_by_byte(words + ["-"], folder, data)
            check(slow == piped, f"{name}: another answer when it comes byte by byte (exit {slow[0]} for {piped[0]}): {slow[2][-500:]}")
        check(os.listdir(folder) == [os.path.basename(path)], f"{name}: wrote {os.listdir(folder)}")
        check(not os.path.exists(f"{folder}/../escaped.txt") and not os.path.exists("/escaped.txt"), f"{name}: wrote outside its folder")


def try_events(name, data, right):
    with tempfile.TemporaryDirectory() as folder:
        for word in (["normalize"], ["emit", "-f", "json"]):
            with open(f"{folder}/in", "wb") as f:
                f.write(data)
            allowed = right if word[0] == "emit" else right + (0,)
            with open(f"{folder}/in", "rb") as f:
                status, out, error = finish(start(word, folder, stdin=f))
            check(status in allowed, f"{name} into {word[0]}: ended with {status}, not {' or '.join(map(str, allowed))}: {error[-1500:]}")
            check(status == 0 or error.strip(), f"{name} into {word[0]}: exit {status} without a message")
            if len(data) <= BY_BYTE:
                slow = byte_by_byte(word, folder, data)
                check(slow == (status, out, error), f"{name} into {word[0]}: another answer when it comes byte by byte")


def main(names):
    for name, data, right in inputs.notices():
        if not names or name in names:
            try_notice(name, data, right)
    for name, data, right in inputs.event_lines():
        if not names or name in names:
            try_events(name, data, right)
    print(f"{checks} checks, {failed} failed")
    return 1 if failed or not checks else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
