"""Signals, killed runs, full disks and readers that go, for each command.

usage: signals.py OFUKU
"""
import glob
import os
import signal
import subprocess
import sys
import tempfile
import time

OFUKU = os.path.abspath(sys.argv[1])
DEMO = os.path.abspath("testdata/demo/recordings.jsonl")
LINE = b'{"conversation":"c%d","role":"customer","text":"x"}\n'
PATIENCE = 120
passed = failed = 0


def expect(what, good, seen=""):
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
        print(f"failed: {what}: {seen}", file=sys.stderr)


def default_signals():
    for s in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE):
        signal.signal(s, signal.SIG_DFL)


def start(args, **kw):
    return subprocess.Popen([OFUKU, *args], preexec_fn=default_signals,
                            stderr=subprocess.PIPE, **kw)


def waiting_for_input(args, **kw):
    """A run that has read a first part of its input and waits for more."""
    p = start([*args, "-"], stdin=subprocess.PIPE, **kw)
    p.stdin.write(b"".join(LINE % i for i in range(2000)))
    p.stdin.flush()
    end = time.time() + PATIENCE
    while time.time() < end:
        with open(f"/proc/{p.pid}/wchan") as f:
            if "poll" in f.read():
                return p
        with open(f"/proc/{p.pid}/stat") as f:
            if f.read().rpartition(")")[2].split()[0] == "S":
                time.sleep(0.05)
                return p
        time.sleep(0.01)
    return p


def ends_by(p, sig):
    _, err = p.communicate(timeout=PATIENCE)
    return p.returncode == -sig, f"status {p.returncode}, {err!r}"


def interrupts():
    writers = [["audit", "-o", "r.csv"], ["audit", "-O", "all"],
               ["audit", "--rejects=x.csv", "-o", "r.csv"],
               ["convert", "-o", "r.csv"]]
    with open("k.csv", "rb") as f:
        rows = f.read()
    p = start(["summarize", "-o", "r.csv", "-"], stdin=subprocess.PIPE)
    p.stdin.write(rows)
    p.stdin.flush()
    time.sleep(0.5)
    p.send_signal(signal.SIGINT)
    expect("summarize: ends", *ends_by(p, signal.SIGINT))
    expect("summarize: nothing of half the rows", not os.path.exists("r.csv"))
    others = [["audit"], ["convert"], ["grep", "x"], ["show"], ["segment"],
              ["dump", "--stage=records"], ["summarize"]]
    for args in writers + others:
        for sig in (signal.SIGINT, signal.SIGTERM):
            with open("r.csv", "w") as f:
                f.write("kept")
            p = waiting_for_input(args, stdout=subprocess.DEVNULL)
            p.send_signal(sig)
            expect(f"{args} {sig.name}", *ends_by(p, sig))
            left = glob.glob(".ofuku-*") + glob.glob("all/.ofuku-*") + \
                glob.glob("all/*") + glob.glob("x.csv")
            expect(f"{args}: nothing is left", not left, left)
            with open("r.csv") as f:
                expect(f"{args}: the old report stays", f.read() == "kept")


def twice():
    p = waiting_for_input(["audit", "-o", "r.csv"])
    os.kill(p.pid, signal.SIGSTOP)
    p.send_signal(signal.SIGINT)
    p.send_signal(signal.SIGTERM)
    os.kill(p.pid, signal.SIGCONT)
    _, err = p.communicate(timeout=PATIENCE)
    expect("a second signal ends it",
           p.returncode in (-signal.SIGINT, -signal.SIGTERM), p.returncode)


def killed():
    p = waiting_for_input(["audit", "-o", "k.csv"])
    p.kill()
    p.communicate()
    expect("kill -9: no report", not os.path.exists("k.csv"))
    open(".ofuku-1-0.tmp", "w").close()
    start(["audit", "-q", "-o", "k.csv", DEMO]).communicate()
    left = glob.glob(".ofuku-*")
    expect("the next run removes what is left", not left, left)
    expect("and reports", os.path.getsize("k.csv") > 100)


COMMANDS = [
    ["audit", "-q", DEMO], ["convert", "-q", DEMO], ["grep", ".", DEMO],
    ["show", DEMO], ["segment", DEMO], ["segment", "-t", "x"],
    ["dump", "--stage=turns", DEMO], ["summarize", "k.csv"],
    ["rules", "list"], ["rules", "show", "lawyer"],
    ["rules", "explain", "sue", "訴えます"], ["rules", "init", "-o", "-"],
    ["rules", "test", "-v"], ["audit", "--list-formats"],
    ["completions", "bash"], ["completions", "zsh"], ["completions", "fish"],
    ["audit", "--help"], ["--help"], ["--version"], ["help"],
]


def outputs():
    for args in COMMANDS:
        name = " ".join(args[:2])
        with open("/dev/full", "w") as full:
            p = start(args, stdout=full)
        _, err = p.communicate(timeout=PATIENCE)
        expect(f"{name} >/dev/full", p.returncode == 2 and
               b"standard output: cannot write: No space left" in err,
               (p.returncode, err))
        p = subprocess.run(["sh", "-c", '"$@" >&-', "sh", OFUKU, *args],
                           capture_output=True, timeout=PATIENCE)
        expect(f"{name} >&-", p.returncode == 2 and
               b"standard output: cannot write: Bad file" in p.stderr,
               (p.returncode, p.stderr))
        r, w = os.pipe()
        os.close(r)
        p = start(args, stdout=w)
        os.close(w)
        _, err = p.communicate(timeout=PATIENCE)
        expect(f"{name} | true", p.returncode == -signal.SIGPIPE and
               b"annot write" not in err, (p.returncode, err))


def progress():
    env = {k: v for k, v in os.environ.items() if k != "COLUMNS"}
    for when, lines in (("auto", 0), ("never", 0), ("always", 1)):
        p = subprocess.run([OFUKU, "audit", f"--progress={when}", DEMO],
                           capture_output=True, env=env, timeout=PATIENCE)
        seen = [x for x in p.stderr.decode().splitlines() if "100%" in x]
        expect(f"--progress={when}", len(seen) >= lines and
               (lines > 0 or not seen) and b"\r" not in p.stderr and
               b"\033" not in p.stderr, p.stderr)
    with open(DEMO, "rb") as f:
        p = subprocess.run([OFUKU, "audit", "--progress=always"],
                           input=f.read(), capture_output=True, env=env,
                           timeout=PATIENCE)
    expect("a pipe has no ETA", b"ETA" not in p.stderr and
           b"%" not in p.stderr and b"B/s" in p.stderr, p.stderr)


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    killed()
    outputs()
    progress()
    interrupts()
    twice()
    os.chdir("/")
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
