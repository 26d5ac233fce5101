#!/usr/bin/env python3
"""Converts every notice with a gold answer and holds the scores at the floors of floors.txt.

usage: CHENGNUO=program accuracy.py [--worst N]
Notices are tests/accuracy/notices and the samples; a name with -sent- is read with --layout lines (a task a line).
Exit status 1 where a held floor is missed or a conversion ends with anything but exit code 0.
"""
import json, os, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SCORE = os.path.join(HERE, "score.py")


def notices():
    """(name, notice, gold) of every notice that has an answer."""
    folder = os.path.join(HERE, "notices")
    for file in sorted(os.listdir(folder)):
        name = os.path.splitext(file)[0]
        yield name, os.path.join(folder, file), os.path.join(HERE, "gold", name + ".json")
    samples = os.path.join(ROOT, "samples")
    for name in sorted(os.listdir(samples)):
        files = [f for f in os.listdir(os.path.join(samples, name)) if f.startswith("notice.")]
        yield name, os.path.join(samples, name, files[0]), os.path.join(samples, name, "gold.json")


def convert(program, name, notice, out):
    command = [program, "convert", "-f", "json", "--fail-on", "never", "--diagnostics", "none"]
    command += ["--layout", "lines"] if "-sent-" in name else []
    done = subprocess.run(command + [notice], stdout=open(out, "wb"), stderr=subprocess.PIPE, timeout=120)
    if done.returncode:
        print(f"{name}: exit {done.returncode}: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.returncode == 0


def scores(pairs):
    done = subprocess.run([sys.executable, SCORE, "--json", *[p for pair in pairs for p in pair]], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def floors():
    """(what, names, measure, floor) of each line of floors.txt; what is hold or goal."""
    for line in open(os.path.join(HERE, "floors.txt"), encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            what, names, measure, floor = line.split()[:4]
            yield what, names, measure, float(floor)


def main():
    program, answers, status = os.environ["CHENGNUO"], {}, 0
    with tempfile.TemporaryDirectory() as folder:
        for name, notice, gold in notices():
            answers[name] = (gold, os.path.join(folder, name + ".json"))
            status |= not convert(program, name, notice, answers[name][1])
        subprocess.run([sys.executable, SCORE, *sys.argv[1:], *[p for pair in answers.values() for p in pair]])
        made = {}
        for what, names, measure, floor in floors():
            chosen = list(answers) if names == "all" else names.split(",")
            if names not in made:
                made[names] = scores([answers[n] for n in chosen])
            got = made[names].get(measure)
            missed = got is None or got < floor
            if what == "hold" and missed:
                status = 1
            mark = ("BELOW" if missed else "held") if what == "hold" else ("goal" if missed else "REACHED, hold it")
            print(f"{mark:8} {names} {measure} {got} (floor {floor})")
    return status


if __name__ == "__main__":
    sys.exit(main())
