"""Measuring whole processes. In: commands.  Out: wall time, processor time and peak memory of each, run in turn.

A command is an argument list, or a string for a shell (a pipeline). Its output goes to /dev/null, so that no disk is
measured. Commands that are compared run one after another, round by round: what disturbs one disturbs the others."""
import os
import statistics
import subprocess
import sys
import time


class Run:
    def __init__(self, wall, cpu):
        self.wall, self.cpu = wall, cpu


def once(command, allowed=(0, 1)):
    words = ["bash", "-o", "pipefail", "-c", command] if isinstance(command, str) else command
    begin = time.perf_counter()
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in allowed:
        sys.exit(f"bench: exit {process.returncode}: {command}")
    return Run(wall, usage.ru_utime + usage.ru_stime)


def peak(command):
    """KiB. Asked of /proc while the process lives: what wait4 says has this process's own size in it, from before the exec."""
    most = 0
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        try:
            with open(f"/proc/{process.pid}/status", encoding="utf-8") as file:
                most = max([most] + [int(line.split()[1]) for line in file if line.startswith("VmHWM")])
        except OSError:
            pass
        time.sleep(0.002)
    return most


class Result:
    """Medians over the rounds; rss in KiB, 0 where nobody looked."""

    def __init__(self, runs, rss):
        self.wall = statistics.median(run.wall for run in runs)
        self.cpu = statistics.median(run.cpu for run in runs)
        self.rss = rss


def side_by_side(commands, rounds, inner=1):
    """{name: Result} for {name: command}. `inner`: how often a short command is repeated within a round."""
    runs = {name: [] for name in commands}
    rss = {}
    for name, command in commands.items():  # which warms the caches for all
        rss[name] = 0 if isinstance(command, str) or not os.path.exists("/proc/self/status") else peak(command)
    for _ in range(rounds):
        for name, command in commands.items():
            some = [once(command) for _ in range(inner)]
            runs[name].append(Run(statistics.median(r.wall for r in some), statistics.mean(r.cpu for r in some)))
    return {name: Result(found, rss[name]) for name, found in runs.items()}
