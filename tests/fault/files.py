#!/usr/bin/env python3
"""Inputs that cannot be read and outputs that cannot be written: the right exit code and one message, no half-written file.

usage: CHENGNUO=program files.py
"""
import os, re, resource, signal, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.path.abspath(os.environ["CHENGNUO"])
SAMPLE = f"{ROOT}/samples/shandong-2020/notice.txt"
checks = failed = 0


def check(ok, what):
    global checks, failed
    checks += 1
    if not ok:
        failed += 1
        print("FAILED: " + what)


def run(words, **how):
    how.setdefault("stdin", subprocess.DEVNULL)
    how.setdefault("stdout", subprocess.PIPE)
    done = subprocess.run([PROGRAM, *words], stderr=subprocess.PIPE, timeout=120, **how)
    return done.returncode, done.stdout, done.stderr.decode(errors="replace")


def expect(what, words, status, *said, **how):
    got, out, error = run(words, **how)
    check(got == status, f"{what}: exit {got}, not {status}: {error[-600:]}")
    for text in said:
        check(text in error, f"{what}: the message does not say `{text}`: {error[-600:]}")
    check(got == 0 or error.strip(), f"{what}: fails without a message")
    check("Sanitizer" not in error, f"{what}: {error[-3000:]}")
    return out


def text_formats():
    text = open(f"{ROOT}/emit/formats.def", encoding="utf-8").read()
    return [n for n in re.findall(r"^CN_FORMAT\((\w+)", text, re.M) if n not in ("sqlite", "xlsx")]


def inputs(folder):
    empty, binary, prose = f"{folder}/empty.txt", f"{folder}/binary.txt", f"{folder}/prose.txt"
    open(empty, "wb").close()
    open(binary, "wb").write(bytes(range(256)) * 64)
    open(prose, "w", encoding="utf-8").write("今天天气很好。\n我们去公园。\n")
    expect("a missing file", ["convert", f"{folder}/none.txt"], 3, "none.txt")
    expect("a folder", ["convert", folder], 3, os.path.basename(folder))
    expect("a file whose reading fails", ["convert", "/proc/self/mem"], 3, "/proc/self/mem")
    expect("an empty file", ["convert", empty], 3, "empty.txt")
    expect("prose without any row", ["convert", prose], 1, "prose.txt", "no-rows")
    expect("a binary file", ["convert", binary], 3, "binary.txt")
    expect("no file and no word", [], 2, "usage")
    expect("an unknown word", ["transmogrify"], 2, "transmogrify")
    expect("an unknown option", ["convert", "--frobnicate", SAMPLE], 2, "frobnicate")
    expect("an unknown format", ["convert", "-f", "wps", SAMPLE], 2, "wps")
    expect("an unknown charset", ["convert", "--charset", "klingon", SAMPLE], 2, "klingon")
    expect("an unknown layout", ["convert", "--layout", "spiral", SAMPLE], 2, "spiral")
    expect("a year that is none", ["convert", "--year", "soon", SAMPLE], 2, "soon")
    expect("something that is no event", ["normalize"], 3, stdin=open(SAMPLE, "rb"))
    expect("an empty event stream", ["emit", "-f", "json"], 3)
    expect("a closed standard input", ["convert", "-"], 3, stdin=None, preexec_fn=lambda: os.close(0))


def outputs(folder):
    for form in text_formats():
        with open("/dev/full", "wb") as full:
            expect(f"-f {form} on a full disk", ["convert", "-f", form, "--fail-on", "never", SAMPLE], 3, "No space left", stdout=full)
        expect(f"-f {form} on a closed standard output", ["convert", "-f", form, "--fail-on", "never", SAMPLE], 3,
               stdout=None, preexec_fn=lambda: os.close(1))
    for words in (["extract"], ["--help"], ["--version"]):
        with open("/dev/full", "wb") as full:
            expect(f"{words[0]} on a full disk", words + ([SAMPLE] if words == ["extract"] else []), 3, "No space left", stdout=full)
    expect("-o into a folder that is not there", ["convert", "-o", f"{folder}/none/out.json", SAMPLE], 3, "none/out.json")
    expect("-o onto a folder", ["convert", "-o", folder, SAMPLE], 3, os.path.basename(folder))
    atomic(folder)


def atomic(folder):
    """-o: a file that grows beyond what is allowed leaves what was there, and nothing beside it."""
    place = f"{folder}/atomic"
    os.mkdir(place)
    out = f"{place}/out.json"
    open(out, "w").write("before\n")

    def small():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))

    expect("-o to a file that may not grow", ["convert", "-f", "json", "--fail-on", "never", "-o", out, SAMPLE], 3, "out.json", preexec_fn=small)
    check(open(out).read() == "before\n", "-o: a failed run changed the file that was there")
    check(os.listdir(place) == ["out.json"], f"-o: a failed run left {os.listdir(place)}")
    expect("-o to a file", ["convert", "-f", "json", "--fail-on", "never", "-o", out, SAMPLE], 0)
    check(open(out, "rb").read() == run(["convert", "-f", "json", "--fail-on", "never", SAMPLE])[1], "-o writes other bytes than standard output")
    check(os.listdir(place) == ["out.json"], f"-o left {os.listdir(place)}")


with tempfile.TemporaryDirectory() as folder:
    inputs(folder)
    outputs(folder)
print(f"{checks} checks, {failed} failed")
sys.exit(1 if failed else 0)
