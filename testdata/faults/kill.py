"""Kills audits with signal 9, at random moments and at each call that makes,
writes, names or removes a file; then runs them again. At no time a half file
stands under a report's name, and the second run ends with the bytes of an
undisturbed one and leaves nothing else behind.

usage: kill.py OFUKU SHIM MOMENTS [full]     full: every call, not a sample
"""
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

OFUKU, SHIM = (os.path.abspath(p) for p in sys.argv[1:3])
MOMENTS = int(sys.argv[3])
FULL = sys.argv[4:] == ["full"]
NAMED = ("open", "link", "rename", "unlink")
CALLS = ("temporary", "open", "write", "pwrite", "fsync", "link", "rename",
         "unlink", "close")
PATIENCE = 60
passed = failed = 0


def expect(what, good, seen=""):
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
        print(f"failed: {what}: {seen}", file=sys.stderr)


def conversations(path, n, threat):
    """Conversations that lie between one another: more than fit in memory."""
    with open(path, "w", encoding="utf-8") as f:
        for i in range(n):
            f.write(json.dumps({
                "conversation": f"c{i * 7919 % (n // 8 + 1)}", "start": i,
                "role": "customer" if i % 2 == 0 else "agent",
                "text": threat if i % 5 == 0 else "お待ちください。" * 60},
                ensure_ascii=False) + "\n")


def files(folder):
    found = {}
    for name in os.listdir(folder) if os.path.isdir(folder) else []:
        with open(os.path.join(folder, name), "rb") as f:
            found[name] = f.read()
    return found


class Try:
    """A folder of reports, old ones in it or none, and a TMPDIR."""

    def __init__(self, top, source, old):
        self.top = tempfile.mkdtemp(dir=top)
        self.out = os.path.join(self.top, "out")
        self.tmp = os.path.join(self.top, "tmp")
        self.source = source
        self.old = old
        os.mkdir(self.tmp)
        if old:
            os.mkdir(self.out)
            for name, text in old.items():
                with open(os.path.join(self.out, name), "wb") as f:
                    f.write(text)

    def start(self, fault="", counts=None):
        env = dict(os.environ, TMPDIR=self.tmp, OFUKU_FAULT=fault)
        if fault or counts:
            env["LD_PRELOAD"] = SHIM
        if counts:
            env["OFUKU_FAULT_COUNTS"] = counts
        return subprocess.Popen(
            [OFUKU, "audit", "-q", "-j2", "--memory=8M", "--fail-on=never",
             "-O", self.out, "--rejects", os.path.join(self.out, "rejects"),
             self.source], env=env, stderr=subprocess.PIPE)

    def whole(self, fault="", counts=None):
        p = self.start(fault, counts)
        _, err = p.communicate(timeout=PATIENCE)
        return p.returncode, err

    def killed(self, what, good):
        """Checks what a killed run left, and what the next makes of it."""
        left = files(self.out)
        halves = [n for n, text in left.items() if not n.startswith(".") and
                  text not in (good.get(n), self.old.get(n))]
        expect(f"{what}: half files", not halves, halves)
        status, err = self.whole(self.again)
        expect(f"{what}: the next run", status == 0 and not err, (status, err))
        now, tmp = files(self.out), os.listdir(self.tmp)
        expect(f"{what}: the next run's reports", now == good,
               [n for n in now.keys() | good.keys()
                if now.get(n) != good.get(n)])
        expect(f"{what}: temporary files", not tmp, tmp)
        shutil.rmtree(self.top)

    again = ""


def numbers(n):
    if FULL or n <= 3:
        return range(1, n + 1)
    return sorted({1, n // 2, n})


def at_each_call(top, source, good, old, named):
    """named: as where the file system has no files without a name."""
    counts = os.path.join(top, "counts")
    aside = "temporary:EOPNOTSUPP:1:0" if named else ""
    t = Try(top, source, {})
    status, err = t.whole(aside, counts)
    expect("counted", status == 0 and not err, (status, err))
    with open(counts, encoding="ascii") as f:
        seen = {k: int(n) for k, n in (line.split() for line in f)}
    for call in NAMED if named and not FULL else CALLS:
        for n in numbers(seen[call]):
            for action in ("KILL", "KILLED"):
                fault = ",".join(filter(None, (aside, f"{call}:{action}:{n}")))
                if fault.startswith("temporary:E") and call == "temporary":
                    continue
                t = Try(top, source, old)
                t.again = aside
                status, err = t.whole(fault)
                # Threads share the work: it need not come to so many calls.
                expect(f"{fault}: killed", status in (-9, 0), (status, err))
                t.killed(fault, good)


def at_random_moments(top, source, good, old, takes):
    moments = random.Random(7)
    ended = 0
    for i in range(MOMENTS):
        t = Try(top, source, old if i % 2 else {})
        p = t.start()
        time.sleep(moments.random() * takes)
        p.send_signal(signal.SIGKILL)
        p.communicate(timeout=PATIENCE)
        ended += p.returncode == 0
        t.killed(f"moment {i}", good)
    expect("some of the runs were killed", ended < MOMENTS, ended)


def main():
    with tempfile.TemporaryDirectory() as top:
        first, source = (os.path.join(top, n) for n in ("old", "new"))
        conversations(first, 400, "訴えてやる。")
        conversations(source, 8000, "弁護士を立てますよ。")
        t = Try(top, first, {})
        expect("the night before", t.whole() == (0, b""))
        old = files(t.out)
        t = Try(top, source, {})
        began = time.monotonic()
        expect("undisturbed", t.whole() == (0, b""))
        takes = time.monotonic() - began
        good = files(t.out)
        expect("all reports differ from the old ones", len(good) == 6 and
               all(good[n] != old[n] for n in good if n != "rejects"),
               sorted(good))
        at_each_call(top, source, good, old, False)
        at_each_call(top, source, good, {}, True)
        at_random_moments(top, source, good, old, takes)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
