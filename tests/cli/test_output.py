#!/usr/bin/env python3
"""-o FILE: whole or not at all, in the place and with the mode it had; failures with errno's words and exit 3.

usage: CHENGNUO=program test_output.py
"""
import os, signal, stat, subprocess, tempfile, time
from harness import *

EVENTS = stream(row())


def written(folder):
    expected = expect("to standard output", ["emit"], 0, stdin=EVENTS)
    same(expect("-o", ["emit", "-o", "out.json"], 0, stdin=EVENTS, cwd=folder), b"", "-o writes to standard output too")
    same(open(f"{folder}/out.json", "rb").read(), expected, "-o writes other bytes")
    same(expect("-o -", ["emit", "-o", "-"], 0, stdin=EVENTS, cwd=folder), expected, "-o - is not standard output")
    same(sorted(os.listdir(folder)), ["out.json"], "temporary files are left")
    for name, begins in (("x.csv", b"notice,"), ("x.md", "# 承诺".encode()), ("x.ndjson", b'{"type":"notice"'), ("x.JSON", b"{\n"), ("x", b"{\n")):
        expect(f"-o {name}", ["emit", "-o", name], 0, stdin=EVENTS, cwd=folder)
        check(open(f"{folder}/{name}", "rb").read().startswith(begins), f"-o {name} does not choose the format by its name")
    expect("-f over the name", ["emit", "-f", "tsv", "-o", "x.csv"], 0, stdin=EVENTS, cwd=folder)
    check(open(f"{folder}/x.csv", "rb").read().startswith(b"notice\t"), "-f does not outrank the file's name")


def modes(folder):
    old = os.umask(0o027)
    expect("a new file", ["emit", "-o", "new"], 0, stdin=EVENTS, cwd=folder)
    os.umask(old)
    same(stat.S_IMODE(os.stat(f"{folder}/new").st_mode), 0o640, "a new file ignores the umask")
    os.chmod(f"{folder}/new", 0o604)
    expect("an existing file", ["emit", "-o", "new"], 0, stdin=EVENTS, cwd=folder)
    same(stat.S_IMODE(os.stat(f"{folder}/new").st_mode), 0o604, "an existing file loses its mode")
    os.symlink("new", f"{folder}/link")
    expect("a symbolic link", ["emit", "-f", "csv", "-o", "link"], 0, stdin=EVENTS, cwd=folder)
    check(os.path.islink(f"{folder}/link") and open(f"{folder}/new", "rb").read().startswith(b"notice,"), "a symbolic link is replaced, not followed")


def replaced(folder):
    """Somebody who has the old file open keeps the old one: it is replaced, not overwritten."""
    path = f"{folder}/keep.json"
    open(path, "w").write("old\n")
    reader = open(path)
    expect("-o over a file", ["emit", "-o", path], 0, stdin=EVENTS)
    same(reader.read(), "old\n", "an existing file is overwritten in place")
    for what, events in (("cut off", EVENTS[: len(EVENTS) // 2]), ("not normalized", stream({"type": "row", "task": "x"})), ("empty", "")):
        open(path, "w").write("old\n")
        expect(f"a stream that is {what}", ["emit", "-o", path], 3, stdin=events)
        same(open(path).read(), "old\n", f"a stream that is {what} replaces the file")
    same([n for n in os.listdir(folder) if n.startswith(".")], [], "a failed run leaves its temporary file")


def failures(folder):
    for words in (["emit"], ["emit", "-f", "csv"], ["emit", "-f", "ndjson"], ["emit", "-f", "md"], ["emit", "-f", "show"], ["--help"], ["--version"]):
        with open("/dev/full", "wb") as full:
            expect(f"{words} > /dev/full", words, 3, "standard output: No space left on device", stdin=EVENTS, stdout=full)
        expect(f"{words} >&-", words, 3, "standard output: Bad file descriptor", stdin=EVENTS, stdout=None, preexec_fn=lambda: os.close(1))
    expect("-o /dev/full", ["emit", "-o", "/dev/full"], 3, "/dev/full: No space left on device", stdin=EVENTS)
    expect("-o folder", ["emit", "-o", folder], 3, f"{folder}: Is a directory", stdin=EVENTS)
    expect("-o missing/file", ["emit", "-o", "missing/file"], 3, "missing/file: No such file or directory", stdin=EVENTS, cwd=folder)
    expect("-o file/", ["emit", "-o", "missing/"], 3, "missing/: Is a directory", stdin=EVENTS, cwd=folder)
    expect("-o ''", ["emit", "-o", ""], 3, "No such file", stdin=EVENTS, cwd=folder)
    expect("-o /proc/x", ["emit", "-o", "/proc/chengnuo.json"], 3, "/proc/chengnuo.json: ", stdin=EVENTS)
    expect("-o /dev/null", ["emit", "-o", "/dev/null"], 0, stdin=EVENTS)
    expect("no standard input", ["emit"], 3, "standard input: ", stdin_file=None, preexec_fn=lambda: os.close(0))
    big = stream(*[row(task="新增" * 4000)] * 40)
    with open("/dev/full", "wb") as full:
        expect("much > /dev/full", ["emit"], 3, "No space left on device", stdin=big, stdout=full)


def interrupted(folder):
    """^C in the middle of -o leaves neither the file nor a temporary one."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        child = subprocess.Popen([PROGRAM, "emit", "-o", "late.json"], stdin=subprocess.PIPE, cwd=folder)
        child.stdin.write((line(NOTICE) + line(row())).encode())
        child.stdin.flush()
        for _ in range(500):
            if any(n.startswith(".chengnuo-") for n in os.listdir(folder)):
                break
            time.sleep(0.01)
        else:
            check(False, "no temporary file beside the output")
        child.send_signal(number)
        same(child.wait(), -number, "a signal does not end the program as a signal does")
        child.stdin.close()
        same([n for n in os.listdir(folder) if n.startswith(".chengnuo") or n == "late.json"], [], f"signal {number} leaves files")


for test in (written, modes, replaced, failures, interrupted):
    with tempfile.TemporaryDirectory() as place:
        test(place)
done()
