"""Calls that fail, inputs that change, folders that trap: each ends with a
message that names the place and the right status, and nothing hangs.

usage: check.py OFUKU SHIM [full]     full: every malloc, not a sample
"""
import collections
import concurrent.futures
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile

OFUKU, SHIM = (os.path.abspath(p) for p in sys.argv[1:3])
FULL = sys.argv[3:] == ["full"]
ASAN = "asan" in OFUKU
DEMO = os.path.abspath("testdata/demo")
REPORTS = ("agents", "conversations", "exchanges", "findings", "log")
PATIENCE = 60
passed = failed = 0

Ran = collections.namedtuple("Ran", "status out err")


def expect(what, good, seen=""):
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
        print(f"failed: {what}: {seen}", file=sys.stderr)


def run(args, fault="", **kw):
    env = dict(os.environ, LD_PRELOAD=SHIM, OFUKU_FAULT=fault,
               **kw.pop("env", {}))
    if ASAN:
        env["ASAN_OPTIONS"] = ("verify_asan_link_order=0:"
                               + env.get("ASAN_OPTIONS", ""))
    kw.setdefault("stdout", subprocess.PIPE)
    kw.setdefault("stdin", subprocess.DEVNULL)
    try:
        p = subprocess.run([OFUKU, *args], env=env, stderr=subprocess.PIPE,
                           timeout=PATIENCE, **kw)
    except subprocess.TimeoutExpired:
        return Ran("hangs", b"", "")
    return Ran(p.returncode, p.stdout, p.stderr.decode(errors="replace"))


def ends(what, ran, status, *said):
    expect(what, ran.status == status and all(s in ran.err for s in said),
           f"status {ran.status}, {ran.err!r}")


def files(folder):
    found = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as f:
            found[name] = f.read()
    return found


class Place:
    """A folder for one try: reports, TMPDIR and an input of its own."""

    def __init__(self, top):
        self.top = tempfile.mkdtemp(dir=top)
        self.out = os.path.join(self.top, "out")
        self.tmp = os.path.join(self.top, "tmp")
        os.mkdir(self.tmp)

    def audit(self, fault, *inputs, options=()):
        return run(["audit", "-j2", "-O", self.out, *options, *inputs], fault,
                   env={"TMPDIR": self.tmp})

    def left(self):
        """Reports and other names that stand there; a half one is None."""
        out = files(self.out) if os.path.isdir(self.out) else {}
        return out, os.listdir(self.tmp)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.top)


def conversations(path, n, words=6):
    """A transcript in which conversations lie between one another."""
    with open(path, "w", encoding="utf-8") as f:
        for i in range(n):
            c = i * 7919 % (n // 8 + 1)
            threat = i % 5 == 0
            f.write(json.dumps({
                "conversation": f"c{c}", "start": i,
                "role": "customer" if i % 2 == 0 else "agent",
                "text": "弁護士を立てますよ。" if threat else
                        "お待ちください。" * words},
                ensure_ascii=False) + "\n")


def whole(what, place, good, ran, status, *said):
    """After a failed run no report and no temporary file is there; after one
    that went on, they are all right."""
    out, tmp = place.left()
    halves = [n for n in out if out[n] != good.get(n)]
    expect(f"{what}: what is left", not halves and not tmp,
           f"{halves} {tmp} {ran}")
    ends(what, ran, status, *said)


def failing_calls(top):
    """Each call of an audit fails once, at its first, a middle and its last
    time, and from then on for ever where that must not matter."""
    source = os.path.join(top, "talk.jsonl")
    conversations(source, 12000, words=60)
    counts = os.path.join(top, "counts")
    options = ("--memory=8M",)
    with Place(top) as p:
        ran = run(["audit", "-j1", "-O", p.out, *options, source],
                  env={"OFUKU_FAULT_COUNTS": counts, "TMPDIR": p.tmp})
        expect("undisturbed", ran.status == 1, ran)
        good = files(p.out)
    with open(counts, encoding="ascii") as f:
        seen = {k: int(n) for k, n in (line.split() for line in f)}
    expect("the audit writes aside", seen["pwrite"] > 3 and seen["pread"] > 3,
           seen)
    # Call, error, expected status, what is said. None: the run goes on.
    again = [("read", "EINTR"), ("write", "EINTR"), ("pread", "EINTR"),
             ("pwrite", "EINTR"), ("poll", "EINTR"), ("read", "SHORT"),
             ("write", "SHORT"), ("pread", "SHORT"), ("pwrite", "SHORT"),
             ("thread", "EAGAIN"), ("temporary", "EOPNOTSUPP")]
    for call, error in again:
        many = 0 if error in ("EAGAIN", "EOPNOTSUPP") else 40
        first = sorted({1, seen[call] // 2 + 1})
        for n in first:
            with Place(top) as p:
                ran = p.audit(f"{call}:{error}:{n}:{many}", source,
                              options=options)
                whole(f"{call} {error} from {n}", p, good, ran, 1)
                expect(f"{call} {error} from {n}: the reports",
                       p.left()[0].keys() == good.keys(), p.left()[0].keys())
    fatal = [("read", "EIO", "talk.jsonl: Input/output error"),
             ("write", "ENOSPC", "cannot write: No space left on device"),
             ("write", "EIO", "cannot write: Input/output error"),
             ("write", "EDQUOT", "cannot write: Disk quota exceeded"),
             ("pwrite", "ENOSPC", "set TMPDIR"),
             ("pwrite", "EIO", "set TMPDIR"), ("pread", "EIO", "set TMPDIR"),
             ("fsync", "EIO", "cannot write: Input/output error"),
             ("fsync", "ENOSPC", "cannot write: No space left on device"),
             ("rename", "EIO", "cannot write: Input/output error"),
             ("rename", "ENOSPC", "cannot write: No space left on device"),
             ("link", "ENOSPC", "cannot write: No space left on device"),
             ("close", "EIO", ""), ("mkdir", "ENOSPC", "make this folder"),
             ("temporary", "EMFILE", "Too many open files"),
             ("temporary", "ENFILE", "Too many open files in system"),
             ("temporary", "ENOSPC", "No space left on device"),
             ("open", "EMFILE", "Too many open files"),
             ("stat", "EACCES", "Permission denied")]
    for call, error, said in fatal:
        n = seen[call]
        for i in sorted({1, n // 2 + 1, max(n - 1, 1), n}):
            with Place(top) as p:
                ran = p.audit(f"{call}:{error}:{i}", source, options=options)
                if call in ("read", "open", "stat") and ran.status == 2 and \
                        "talk.jsonl" in ran.err:
                    # An input is lost, and the others are reported.
                    ends(f"{call} {error} at {i}", ran, 2, said)
                    expect(f"{call} {error} at {i}: what is left",
                           p.left()[0].keys() == good.keys() and
                           not p.left()[1], p.left()[1])
                elif ran.status == 1:  # of a call that does not matter
                    whole(f"{call} {error} at {i}", p, good, ran, 1)
                else:
                    whole(f"{call} {error} at {i}", p, good, ran, 2, said)
    # Where the file system has no files without a name.
    for call, error in (("open", "EMFILE"), ("write", "ENOSPC"),
                        ("pwrite", "ENOSPC"), ("rename", "EIO")):
        with Place(top) as p:
            ran = p.audit(f"temporary:EOPNOTSUPP:1:0,{call}:{error}:3:0",
                          source, options=options)
            whole(f"named aside, {call} {error}", p, good, ran, 2)


def convert_over(top, target, inputs, fault):
    """A conversion that fails, over a file that stands there: how it ended,
    what is left beside it and in TMPDIR."""
    with Place(top) as p:
        os.mkdir(p.out)
        out = os.path.join(p.out, "all." + target)
        with open(out, "w", encoding="ascii") as f:
            f.write("before\n")
        ran = run(["convert", "-o", out, *inputs], fault,
                  env={"TMPDIR": p.tmp})
        return ran, *p.left()


def failing_conversions(top):
    """What convert writes stands there as a whole, or as it was before."""
    for call, error in (("write", "ENOSPC"), ("write", "EIO"),
                        ("fsync", "EIO"), ("rename", "EIO"),
                        ("read", "EIO")):
        for target in ("jsonl", "csv", "vtt"):
            ran, left, tmp = convert_over(top, target, [DEMO],
                                          f"{call}:{error}:1:0")
            ends(f"convert to {target}: {call} {error}", ran, 2,
                 "Input/output error" if error == "EIO" else
                 "No space left on device")
            whole_one = left.get("all." + target) == b"before\n" or \
                call == "read"
            expect(f"convert to {target}: {call} {error}: what is left",
                   whole_one and len(left) == 1 and not tmp, f"{left} {tmp}")
    # The disk is full while there is still something to read.
    big = os.path.join(top, "big.jsonl")
    with open(big, "w", encoding="ascii") as f:
        for i in range(4000):
            f.write('{"conversation":"c%d","text":"%s"}\n' % (i, "x" * 90))
    for target in ("jsonl", "csv", "vtt"):
        ran, left, tmp = convert_over(top, target, [big, DEMO],
                                      "write:ENOSPC:1:1")
        ends(f"convert a lot to {target}", ran, 2,
             f"all.{target}: cannot write: No space left")
        expect(f"convert a lot to {target}: what is left",
               left == {"all." + target: b"before\n"} and not tmp and
               "written" not in ran.err, (left, tmp, ran.err))
    ends("rules init", run(["rules", "init", "-o", f"{top}/k.yaml"]), 0)
    want = os.path.getsize(f"{top}/k.yaml")
    ends("rules init --force", run(
        ["rules", "init", "--force", "-o", f"{top}/k.yaml"],
        "write:ENOSPC:1:0"), 2, "k.yaml: cannot write: No space left")
    expect("rules init --force: what is left",
           os.path.getsize(f"{top}/k.yaml") == want)
    ends("convert -o /dev/full", run(["convert", "-o", "/dev/full", DEMO]), 2,
         "/dev/full: cannot write: No space left on device")


def state_faults(top, command):
    """Each call that a run with a state makes, failing one after the other."""
    counts = os.path.join(top, "counts")
    run(command, env={"OFUKU_FAULT_COUNTS": counts})
    with open(counts, encoding="ascii") as f:
        made = {w[0]: int(w[1]) for w in map(str.split, f)}
    for call, errors in (("pwrite", ("ENOSPC", "EIO")), ("fsync", ("EIO",)),
                         ("write", ("ENOSPC",)), ("rename", ("EIO",)),
                         ("pread", ("EIO",)), ("malloc", ("ENOMEM",))):
        n = made.get(call, 0)
        if ASAN and call == "malloc":
            continue
        expect(f"a state makes calls of {call}", n > 0 or call == "pread")
        step = 1 if FULL else n // (10 if call == "malloc" else 6) + 1
        for error in errors:
            for i in range(1, n + 1, step):
                yield f"{call}:{error}:{i}"
    for call in ("pwrite", "fsync", "write", "rename", "link"):
        for i in range(1, made.get(call, 0) + 1,
                       1 if FULL else made.get(call, 0) // 6 + 1):
            yield f"{call}:KILL:{i}"
            yield f"{call}:KILLED:{i}"
        for i in range(1, made.get(call, 0) + 1):
            yield f"{call}:TERM:{i}"


def failing_state(top):
    """A run with a state that fails, or is killed, has changed nothing; the
    next one reports all that it did not, and nothing else. One that is asked
    to end has, or its status is that of what it reported."""
    want = os.path.join(top, "want")
    run(["audit", "-q", "--state", os.path.join(top, "state"), "--flush", "-O",
         want, DEMO])
    probe = ["audit", "-q", "--state", os.path.join(top, "probe"), "--flush",
             "-O", os.path.join(top, "probed"), DEMO]
    for i, fault in enumerate(state_faults(top, probe)):
        state = os.path.join(top, f"state{i}")
        out = os.path.join(top, f"out{i}")
        command = ["audit", "-q", "--state", state, "--flush", "-O", out, DEMO]
        ran = run(command, fault)
        killed = ":KILL" in fault
        asked = ":TERM" in fault
        expect(f"state: {fault}: status", ran.status == -9 if killed else
               ran.status in ((1, -15) if asked else (1, 2)), ran)
        if ran.status == 2:
            expect(f"state: {fault}: said", ran.err.strip() != "" and
                   "not an error" not in ran.err, ran)
        # Committed or not: what a second run reports is all, or nothing.
        out2 = os.path.join(top, f"again{i}")
        again = run([*command[:-2], out2, DEMO])
        rows = files(out2)["exchanges.csv"].count(b"\n") - 1
        # Those of a run that was killed behind its last rename stand there.
        done = files(out) if os.path.isdir(out) else {}
        expect(f"state: {fault}: all, and once", files(out2) == files(want)
               if rows else again.status == 0 and done == files(want)
               and ran.status != -15,
               (again, rows, sorted(done)))


def failing_reads(top):
    """A file of a folder that cannot be read is no file without a
    transcript, in any format and however it is packed."""
    folder, large = (os.path.join(top, x) for x in ("folder", "large.srt"))
    shutil.copytree(DEMO, folder)
    with open(large, "w", encoding="utf-8") as f:
        f.writelines(f"{n}\n00:00:01,000 --> 00:00:02,000\nはい、はい。\n\n"
                     for n in range(1, 9000))
    for command in ("audit", "convert", "grep"):
        words = ["弁護士"] if command == "grep" else []
        # Each of the files is read at once.
        for n in range(1, len(os.listdir(folder)) + 1):
            ran = run([command, *words, folder], f"read:EIO:{n}:0")
            ends(f"{command}: EIO from read {n}", ran, 2, f"{folder}/",
                 "Input/output error")
        for n in range(1, 4):
            ends(f"{command}: EIO from read {n} of one file",
                 run([command, *words, large], f"read:EIO:{n}:0"), 2,
                 f"{large}: Input/output error")
        for call, error in (("opendir", "EMFILE"), ("opendir", "EACCES"),
                            ("readdir", "EIO")):
            ends(f"{command}: {call} {error}",
                 run([command, *words, folder], f"{call}:{error}:1:0"), 2,
                 f"{folder}: ")
        ends(f"{command}: read SHORT always",
             run([command, *words, folder], "read:SHORT:1:0"),
             {"audit": 1, "convert": 0, "grep": 0}[command])
    for packer, name in ((["gzip", "-c"], "a.gz"), (["zstd", "-c"], "a.zst")):
        path = os.path.join(top, name)
        with open(f"{DEMO}/calls.csv", "rb") as f, open(path, "wb") as to:
            subprocess.run(packer, stdin=f, stdout=to, check=True,
                           stderr=subprocess.DEVNULL)
        ends(f"{name}: EIO", run(["audit", path], "read:EIO:1:0"), 2, path)
        ends(f"{name}: SHORT", run(["audit", path], "read:SHORT:1:0"), 1)


def changing_input(top):
    path, other = os.path.join(top, "live.jsonl"), os.path.join(top, "new")
    for action, status, said in (
            ("SHRINK", 2, f"{path}: became shorter while it was read"),
            ("GROW", 1, f"{path}: note: written to while it was read"),
            ("REPLACE", 1, "")):
        conversations(path, 12000)
        conversations(other, 800)
        ran = run(["audit", "-j1", "--no-sandbox", path],
                  f"read:{action}:3",
                  env={"OFUKU_FAULT_FILE": path, "OFUKU_FAULT_OTHER": other})
        ends(f"{action} while read", ran, status, said)
        conversations(path, 12000)
        conversations(other, 800)
        with open(path, "rb") as f:
            ran = run(["audit", "-j1", "--no-sandbox", "-"],
                      f"read:{action}:3", stdin=f,
                      env={"OFUKU_FAULT_FILE": path,
                           "OFUKU_FAULT_OTHER": other})
        ends(f"{action} while read as standard input", ran, status)


TRIES = ["read a file", "read another file", "make a file", "change a file",
         "remove a file", "socket", "local socket", "program", "link", "fork",
         "signal", "clock", "user", "mount"]
# What the sanitizers' search for leaks needs.
SANITIZERS = {"fork", "process", "trace", "signal", "signal to a thread",
              "another filter"} if ASAN else set()


def escapes(top):
    """What hostile input would try, done by a fault while it is read."""
    other = os.path.join(top, "other.txt")
    inputs = os.path.join(top, "inputs")
    os.mkdir(inputs)
    shutil.copy(os.path.join(DEMO, "calls.csv"), inputs)
    shutil.copy(os.path.join(DEMO, "recordings.jsonl"), top)
    os.symlink(os.path.join(top, "recordings.jsonl"),
               os.path.join(inputs, "link.jsonl"))
    kernel = run(["audit", "-v", "-o", os.path.join(top, "o.csv"), inputs])
    # Of a report in a file verify makes the hash first, and nothing else.
    run(["audit", "--manifest", os.path.join(top, "manifest"), inputs])
    landlock = "files by Landlock" in kernel.err
    seccomp = "calls by seccomp" in kernel.err
    expect("a link in a folder is read",
           "link.jsonl: jsonl" in kernel.err, kernel.err)
    outs = ["-o", os.path.join(top, "out", "o.csv")]
    os.mkdir(os.path.join(top, "out"))
    os.symlink("inputs", os.path.join(top, "named"))
    ran = run(["audit", "-v", "-o", os.path.join(top, "out", "o.csv"),
               os.path.join(top, "named")],
              env={"TMPDIR": os.path.join(top, "out")})
    expect("a link in a folder that a link names is read",
           "named/link.jsonl: jsonl" in ran.err, ran.err)
    # Outputs that lead elsewhere are still outputs.
    os.mkdir(os.path.join(top, "far"))
    os.symlink("../far", os.path.join(top, "out", "folder"))
    os.symlink("../far/late.csv", os.path.join(top, "out", "link.csv"))
    for name, there in (("folder/o.csv", "o.csv"), ("link.csv", "late.csv")):
        ran = run(["audit", "-q", "-o", os.path.join(top, "out", name),
                   inputs], env={"TMPDIR": os.path.join(top, "out")})
        expect(f"an output by way of {name}", ran.status == 1 and
               there in os.listdir(os.path.join(top, "far")), ran)
    for command in (["audit", "-j1", *outs], ["audit", "-j2", *outs],
                    ["audit", "-j1", "--state",
                     os.path.join(top, "out", "state"), *outs],
                    ["grep", "訴え"], ["show", "--no-pager"],
                    ["convert", *outs], ["segment"],
                    ["dump", "--stage=turns"],
                    ["verify", os.path.join(top, "manifest"), None],
                    ["summarize", os.path.join(top, "o.csv"), None],
                    ["state", "list", os.path.join(top, "out", "state"), None],
                    ["state", "export", os.path.join(top, "out", "state"),
                     None],
                    ["state", "forget", "--before=2000-01-01",
                     os.path.join(top, "out", "state"), None],
                    ["state", "undo", os.path.join(top, "out", "state"),
                     None]):
        call = "pread" if command[0] == "state" else "read"
        command = (command[:-1] if command[-1] is None else
                   [*command, inputs])
        for at in (1, 3):
            with open(other, "w", encoding="ascii") as f:
                f.write("no input\n")
            ran = run(command, f"{call}:ESCAPE:{at}",
                      env={"OFUKU_FAULT_FILE": other,
                           "TMPDIR": os.path.join(top, "out")})
            told = dict(x[8:].rsplit(": ", 1) for x in ran.err.splitlines()
                        if x.startswith("escape: "))
            what = f"{' '.join(command[:2])}: escape {at}"
            if at == 3 and not told:
                continue
            expect(f"{what}: all tried", len(told) > 50 and
                   set(TRIES) <= set(told), ran.err)
            for name in TRIES[:5] if landlock else []:
                expect(f"{what}: {name}", told.get(name) ==
                       "Permission denied", told)
            for name in set(told) - set(TRIES[:5]) - SANITIZERS if seccomp \
                    else []:
                expect(f"{what}: {name}", told.get(name) ==
                       "Operation not permitted", told)
            expect(f"{what}: status", ran.status in (0, 1), ran)
    with open(other, "w", encoding="ascii") as f:
        f.write("no input\n")
    ran = run(["audit", "--no-sandbox", "-q", inputs], "read:ESCAPE:1",
              env={"OFUKU_FAULT_FILE": other})
    expect("--no-sandbox", "escape: read a file: done" in ran.err, ran.err)


def full_and_closed(top):
    commands = [["audit"], ["audit", "--report=log"], ["convert"],
                ["grep", "弁護士"], ["show"], ["segment"],
                ["dump", "--stage=turns"]]
    for command in commands:
        what = " ".join(command)
        with open("/dev/full", "wb") as full:
            ends(f"{what} >/dev/full", run([*command, DEMO], stdout=full), 2,
                 "standard output: cannot write: No space left on device")
        shell = ["sh", "-c", 'exec "$0" "$@" >&-', OFUKU, *command, DEMO]
        p = subprocess.run(shell, stderr=subprocess.PIPE, timeout=PATIENCE)
        expect(f"{what} >&-", p.returncode == 2 and
               b"standard output: cannot write" in p.stderr,
               f"{p.returncode}, {p.stderr!r}")
        shell[2] = 'exec "$0" "$@" 2>&- >/dev/null'
        p = subprocess.run(shell, timeout=PATIENCE)
        expect(f"{what} 2>&-", p.returncode in (0, 1), p.returncode)
    for word in ("--version", "--help"):
        with open("/dev/full", "wb") as full:
            ends(f"{word} >/dev/full", run([word], stdout=full), 2,
                 "standard output: cannot write")
    with Place(top) as p:
        ends("-o /dev/full", run(["audit", "-o", "/dev/full", DEMO]), 2,
             "/dev/full: cannot write: No space left on device")
        ends("--rejects /dev/full", run(
            ["audit", "--rejects", "/dev/full",
             os.path.abspath("testdata/formats")]), 2, "/dev/full")
    p = subprocess.run(["sh", "-c", 'exec "$0" audit - <&-', OFUKU],
                       capture_output=True, timeout=PATIENCE)
    expect("audit - <&-", p.returncode == 2 and b"-: " in p.stderr, p.stderr)


def trapped_folders(top):
    folder = os.path.join(top, "traps")
    shutil.copytree(DEMO, folder)
    want = run(["audit", folder])
    os.mkfifo(os.path.join(folder, "fifo.jsonl"))
    s = socket.socket(socket.AF_UNIX)
    s.bind(os.path.join(folder, "socket.jsonl"))
    os.symlink(".", os.path.join(folder, "loop"))
    os.mkdir(os.path.join(folder, "deep"))
    os.symlink("../deep", os.path.join(folder, "deep", "er"))
    os.symlink("/dev/zero", os.path.join(folder, "zero.jsonl"))
    got = run(["audit", folder])
    expect("FIFO, socket, device and loops in a folder",
           (got.status, got.out) == (want.status, want.out) and
           all(f"{folder}/{name}: note: is a {kind}: skipped" in got.err
               for name, kind in (("fifo.jsonl", "FIFO"),
                                  ("socket.jsonl", "socket"),
                                  ("zero.jsonl", "device"))), got)
    s.close()
    os.symlink("nowhere", os.path.join(folder, "dangling.jsonl"))
    os.symlink("itself", os.path.join(folder, "itself"))
    ends("dangling and circular links", run(["audit", folder]), 2,
         "dangling.jsonl: No such file", "itself: Too many levels")
    secret = os.path.join(folder, "secret")
    os.mkdir(secret)
    ends("a folder that may not be read", run(["audit", folder],
         "opendir:EACCES:3:0"), 2, "Permission denied")
    # A file that turns into a FIFO between the walk and its turn.
    ends("a named socket", run(["audit", os.path.join(folder,
         "socket.jsonl")]), 2, "socket.jsonl")
    fifo = os.path.join(top, "late")
    os.mkfifo(fifo)
    turned = os.path.join(top, "turned")
    os.mkdir(turned)
    shutil.copy(f"{DEMO}/calls.csv", f"{turned}/a.csv")
    shutil.copy(f"{DEMO}/calls.csv", f"{turned}/b.csv")
    ends("a file that turns into a FIFO", run(
        ["audit", "--no-sandbox", "-j1", turned], "read:REPLACE:1",
        env={"OFUKU_FAULT_FILE": f"{turned}/b.csv",
             "OFUKU_FAULT_OTHER": fifo}), 2, "b.csv: ")


def failing_memory(top):
    """malloc fails at each n-th call. Where that is not borne, it is said."""
    commands = [["audit", "-j1", DEMO], ["audit", "-j2", DEMO],
                ["grep", "-w", "ネット", DEMO], ["show", DEMO],
                ["convert", "--to=srt", DEMO],
                ["audit", "-j1", "--tz=Asia/Tokyo", "--output-encoding=CP932",
                 os.path.abspath("testdata/formats")]]
    for command in commands:
        counts = os.path.join(top, "counts")
        want = run(command, env={"OFUKU_FAULT_COUNTS": counts})
        with open(counts, encoding="ascii") as f:
            n = int(f.readline().split()[1])
        step = 1 if FULL and command == commands[0] else n // 40 + 1
        tries = [*range(1, n, step), n]

        def one(i):
            return i, run(command, f"malloc:ENOMEM:{i}")

        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for i, ran in pool.map(one, tries):
                borne = ran == want
                said = ran.status == 2 and (
                    "out of memory" in ran.err or
                    "Cannot allocate memory" in ran.err)
                expect(f"{' '.join(command[:2])}: malloc {i}",
                       borne or said, ran)


def main():
    parts = [failing_calls, failing_conversions, failing_state,
             failing_reads, changing_input, escapes, full_and_closed, trapped_folders]
    if not ASAN:
        parts.append(failing_memory)
    for part in parts:
        with tempfile.TemporaryDirectory() as top:
            part(top)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
