#!/usr/bin/env python3
"""Runs the grammar's examples: what docs/targets.md says of a sentence is what the stage makes of it.

usage: targets.py [--bless] TARGETS-PROGRAM DOCUMENT.md ...
An example is a fenced block that begins with ```chengnuo-target. A line that is not indented is a sentence; the indented
lines below it are its targets, all of them and in order, and, where the document shows them, numbers that are none (~).
--bless writes the documents with the targets that are found now; of the ~ lines those that were there are kept.
"""
import os, re, subprocess, sys

BLOCK = re.compile(r"(^```chengnuo-target\n)(.*?)(^```$)", re.M | re.S)


def sentences(block):
    found = []
    for line in block.splitlines():
        if line.startswith("  "):
            found[-1][1].append(line.strip())
        elif line:
            found.append((line, []))
    return found


def read(program, lines):
    done = subprocess.run([program, "--all"], input="".join(line + "\n" for line in lines), capture_output=True, text=True,
                          timeout=60, check=True)
    answers = []
    for line in done.stdout.splitlines():
        if line.startswith("# "):
            answers.append([])
        elif not re.match(r" +(error|warning|info): ", line):
            answers[-1].append(line.strip())
    return answers


def compare(want, got):
    """What is shown now, and whether it is what was wanted."""
    targets = [line for line in got if not line.startswith("~")]
    mentions = [line for line in want if line.startswith("~")]
    right = [line for line in want if not line.startswith("~")] == targets and all(m in got for m in mentions)
    return targets + [m for m in got if m in mentions], right


def try_document(program, path, bless):
    text = open(path, encoding="utf-8").read()
    counts = [0, 0]

    def one_block(match):
        found = sentences(match.group(2))
        made = []
        for (line, want), got in zip(found, read(program, [line for line, _ in found])):
            shown, right = compare(want, got)
            counts[0] += 1
            if not right:
                counts[1] += 1
                print(f"{'changed' if bless else 'FAILED'}: {os.path.basename(path)}: {line}\n  shown: " +
                      "\n         ".join(want) + "\n  given: " + "\n         ".join(got))
            made += [line] + ["  " + s for s in shown]
        return match.group(1) + "".join(line + "\n" for line in made) + match.group(3)

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
