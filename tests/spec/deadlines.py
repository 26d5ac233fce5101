#!/usr/bin/env python3
"""Runs the examples of time: what docs/deadlines.md says of a phrase is what the stage makes of it.

usage: deadlines.py [--bless] DEADLINES-PROGRAM DOCUMENT.md ...
An example is a fenced block that begins with ```chengnuo-deadline (cells) or ```chengnuo-dates (tasks), and may name the
program's options there: ```chengnuo-deadline --year 2020. A line that is not indented is a phrase; the indented lines
below it are its stages and diagnostics, all of them and in order. --bless writes the documents with what comes out now.
"""
import os, re, subprocess, sys

BLOCK = re.compile(r"^```chengnuo-(deadline|dates)([^\n]*)\n(.*?)^```$", re.M | re.S)


def read(program, options, phrases):
    done = subprocess.run([program, *options], input="".join(line + "\n" for line in phrases), capture_output=True,
                          text=True, timeout=60, check=True)
    answers = []
    for line in done.stdout.splitlines():
        if line.startswith("# "):
            answers.append([])
        else:
            answers[-1].append(line.strip())
    # Diagnostics are printed while the phrase is read; stages come first for a reader.
    return [[s for s in a if not s.startswith("!")] + [s for s in a if s.startswith("!")] for a in answers]


def try_document(program, path, bless):
    text = open(path, encoding="utf-8").read()
    counts = [0, 0]

    def one_block(match):
        phrases, shown = [], []
        for line in match.group(3).splitlines():
            if line.startswith("  "):
                shown[-1].append(line.strip())
            elif line:
                phrases.append(line)
                shown.append([])
        options = match.group(2).split() + (["--task"] if match.group(1) == "dates" else [])
        made = ""
        for phrase, want, got in zip(phrases, shown, read(program, options, phrases), strict=True):
            counts[0] += 1
            if want != got:
                counts[1] += 1
                print(f"{'changed' if bless else 'FAILED'}: {os.path.basename(path)}: {phrase}\n  shown: " +
                      "\n         ".join(want) + "\n  given: " + "\n         ".join(got))
            made += phrase + "\n" + "".join("  " + s + "\n" for s in got)
        return f"```chengnuo-{match.group(1)}{match.group(2)}\n{made}```"

    new = BLOCK.sub(one_block, text)
    if bless and new != text:
        with open(path, "w", encoding="utf-8") as f:
            f.write(new)
    return counts[0], 0 if bless else counts[1]


def main(arguments):
    bless = "--bless" in arguments
    program, *paths = [a for a in arguments if a != "--bless"]
    total = failed = 0
    for path in paths:
        made, wrong = try_document(os.path.abspath(program), path, bless)
        total, failed = total + made, failed + wrong
    print(f"{total} examples, {failed} failed")
    return 1 if failed or not total else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
