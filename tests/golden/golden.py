#!/usr/bin/env python3
"""Golden tests: one folder a case, whole outputs compared byte by byte.

usage: CHENGNUO=program golden.py [--bless] [CASE ...]        default: every case
A case holds the input `notice.*` and, if wanted, `args` (one argument a line, for every command). The file that is
there selects the check:
  rows.ndjson   chengnuo extract notice.*                 show.txt   chengnuo show notice.*
  out.FORMAT    chengnuo convert -f FORMAT notice.*       diag.txt   standard error of convert -f json
  exit          exit code of convert -f json
--bless writes the files that are there anew (touch a new one first); look at what changed with git diff.
"""
import difflib, glob, os, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))


def expectations(folder):
    """(file, words of the command, which of stdout, stderr or exit is compared) of each expected file of the case."""
    for path in sorted(glob.glob(os.path.join(folder, "*"))):
        file = os.path.basename(path)
        if file == "rows.ndjson":
            yield file, ["extract"], "stdout"
        elif file == "show.txt":
            yield file, ["show"], "stdout"
        elif file == "diag.txt":
            yield file, ["convert", "-f", "json"], "stderr"
        elif file == "exit":
            yield file, ["convert", "-f", "json"], "exit"
        elif file.startswith("out."):
            yield file, ["convert", "-f", file[4:]], "stdout"
        elif file != "args" and not file.startswith("notice."):
            sys.exit(f"{path}: no such check; see golden.py --help")


def result(program, folder, words, which):
    arguments = open(os.path.join(folder, "args"), encoding="utf-8").read().splitlines() if os.path.exists(os.path.join(folder, "args")) else []
    notice = [os.path.basename(p) for p in glob.glob(os.path.join(folder, "notice.*"))]
    if len(notice) != 1:
        sys.exit(f"{folder}: must hold one notice.*")
    done = subprocess.run([program, *words, *arguments, notice[0]], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
    if done.returncode < 0 or done.returncode > 4:
        sys.exit(f"{folder}: {' '.join(words)}: ended with {done.returncode}\n{done.stderr.decode(errors='replace')[-3000:]}")
    return {"stdout": done.stdout, "stderr": done.stderr, "exit": b"%d\n" % done.returncode}[which]


def difference(file, want, got):
    lines = lambda data: data.decode(errors="backslashreplace").splitlines()
    shown = list(difflib.unified_diff(lines(want), lines(got), file + " (expected)", file + " (given)", lineterm="", n=1))
    return "\n".join(line[:400] for line in shown[:40]) or "only the line ends differ"


def main(arguments):
    if "--help" in arguments:
        sys.exit(__doc__)
    bless = "--bless" in arguments
    program = os.path.abspath(os.environ["CHENGNUO"])
    cases = [a for a in arguments if a != "--bless"] or sorted(c for c in os.listdir(HERE) if os.path.isdir(os.path.join(HERE, c)) and c != "__pycache__")
    checks = failed = 0
    for case in cases:
        folder = os.path.join(HERE, case)
        for file, words, which in expectations(folder):
            path = os.path.join(folder, file)
            got, want = result(program, folder, words, which), open(path, "rb").read()
            checks += 1
            if got == want:
                continue
            if bless:
                open(path, "wb").write(got)
                print(f"blessed {case}/{file}")
            else:
                failed += 1
                print(f"FAILED: {case}/{file} (./dev bless {case}, then git diff)\n{difference(file, want, got)}")
    print(f"{len(cases)} cases, {checks} checks, {failed} failed")
    return 1 if failed or not checks else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
