#!/usr/bin/env python3
"""Runs the examples of the documents: what a document shows is what the program does.

usage: CHENGNUO=program spec.py [--bless] DOCUMENT.md ...
An example is a fenced block that begins with ```console. A line `$ command` is run by bash in a folder that holds the
project's samples/ and nothing else, with chengnuo on the PATH; a command goes on after a \\ at the line's end and inside '. The lines
below it are what it prints on both outputs, where a line `...` stands for any number of lines, then `[exit N]` where N is
not 0. --bless writes the documents with what is printed now (an example that fits, `...` and all, stays as it is).
"""
import os, re, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BLOCK = re.compile(r"(^```console\n)(.*?)(^```$)", re.M | re.S)


def commands(block):
    """[(lines of the command, lines expected)] of a block."""
    found, inside = [], False
    for line in block.splitlines():
        if inside or line.startswith("$ "):
            if not inside:
                found.append(([], []))
            found[-1][0].append(line)
            inside = line.endswith("\\") or "".join(found[-1][0]).count("'") % 2 == 1
        elif found:
            found[-1][1].append(line)
        else:
            sys.exit(f"a console block begins with `$ `, not with: {line}")
    return found


def run(lines, folder, program):
    script = "\n".join([lines[0][2:], *lines[1:]])
    environment = {**os.environ, "PATH": f"{folder}/.bin:{os.environ['PATH']}", "NO_COLOR": "1", "COLUMNS": "120"}
    done = subprocess.run(["bash", "-o", "pipefail", "-c", script], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
    out = done.stdout.decode(errors="replace").splitlines()
    return out + ([f"[exit {done.returncode}]"] if done.returncode else [])


def fits(want, got):
    pattern = "".join(r"(?:.*\n)*?" if line == "..." else re.escape(line) + r"\n" for line in want)
    return re.fullmatch(pattern, "".join(line + "\n" for line in got)) is not None


def try_document(path, program, bless):
    text = open(path, encoding="utf-8").read()
    counts = [0, 0]
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(f"{ROOT}/samples", f"{folder}/samples")
        os.mkdir(f"{folder}/.bin")
        os.symlink(program, f"{folder}/.bin/chengnuo")

        def one_block(match):
            made = []
            for lines, want in commands(match.group(2)):
                got = run(lines, folder, program)
                counts[0] += 1
                if not fits(want, got):
                    counts[1] += 1
                    print(f"{'changed' if bless else 'FAILED'}: {os.path.relpath(path, ROOT)}: {lines[0]}\n  shown: " +
                          "\n         ".join(want[:30]) + "\n  given: " + "\n         ".join(got[:30]))
                    want = got
                made += lines + want
            return match.group(1) + "".join(line + "\n" for line in made) + match.group(3)

        new = BLOCK.sub(one_block, text)
    if bless:
        if new != text:
            with open(path, "w", encoding="utf-8") as f:
                f.write(new)
        counts[1] = 0
    return counts


def main(arguments):
    bless = "--bless" in arguments
    program, total, failed = os.path.abspath(os.environ["CHENGNUO"]), 0, 0
    for path in [a for a in arguments if a != "--bless"]:
        made, wrong = try_document(os.path.abspath(path), program, bless)
        total, failed = total + made, failed + wrong
    print(f"{total} examples, {failed} failed")
    return 1 if failed or not total else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
