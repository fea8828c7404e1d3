"""nightly.py OFUKU: the command line of cmd/ofuku.service, run under what the
unit takes away: network, capabilities, new privileges, memory that is both
written and run, and any place to write but its own. Where the kernel or the
user cannot have one of these, the rest is tried. Ends with "N passed, N
failed"."""
import ctypes
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

OFUKU = os.path.abspath(sys.argv[1])
DEMO = os.path.abspath("testdata/demo")
PR_SET_NO_NEW_PRIVS, PR_CAPBSET_DROP, PR_SET_MDWE = 38, 24, 65
CLONE_NEWNET = 0x40000000
libc = ctypes.CDLL(None, use_errno=True)
results = []


def expect(what, holds, seen=""):
    results.append(bool(holds))
    if not holds:
        print(f"failed: {what}: {seen}", file=sys.stderr)


def confine():
    """In the child, before it becomes ofuku."""
    os.umask(0o027)
    libc.unshare(CLONE_NEWNET)
    for capability in range(41):
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(PR_SET_MDWE, 1, 0, 0, 0)


def command(state, **environment):
    with open("cmd/ofuku.service", encoding="ascii") as f:
        unit = f.read()
    words = []
    line = re.search(r"^ExecStart=(.*)$", unit, re.M).group(1)
    for word in line.replace("@BINDIR@/ofuku", OFUKU).split():
        if word.startswith("$"):
            words += shlex.split(environment.get(word[1:], ""))
        else:
            words.append(word.replace("%S", state))
    return words


def night(top, number, **environment):
    state = os.path.join(top, f"state{number}")
    os.makedirs(os.path.join(state, "ofuku"), mode=0o755)
    if os.getuid() == 0:
        os.chown(os.path.join(state, "ofuku"), 65534, 65534)
    ran = subprocess.run(command(state, **environment), preexec_fn=confine,
                         stdin=subprocess.DEVNULL, capture_output=True,
                         cwd="/", check=False, timeout=120)
    said = [json.loads(line) for line in ran.stderr.decode().splitlines()]
    return ran.returncode, said, os.path.join(state, "ofuku")


def main():
    with tempfile.TemporaryDirectory() as top:
        os.chmod(top, 0o755)
        status, said, reports = night(top, 1, OFUKU_INPUT=DEMO)
        expect("findings are status 1", status == 1, said)
        expect("the last line has the counts", said and
               said[-1]["level"] == "summary" and said[-1]["fail"] == 3, said)
        plain = os.path.join(top, "plain")
        subprocess.run([OFUKU, "audit", "-q", "-O", plain, DEMO], check=False)
        same = subprocess.run(["diff", "-r", plain, reports], check=False,
                              capture_output=True)
        expect("the reports are those of any run", same.returncode == 0,
               same.stdout)
        status, said, _ = night(top, 2, OFUKU_INPUT=DEMO,
                                OFUKU_ARGS="--expect=7")
        expect("an export that stopped is status 2", status == 2, said)
        expect("and says so", any("7" in line["message"] for line in said
                                  if line["level"] == "error"), said)
        state = os.path.join(top, "state4", "ofuku", "calls.state")
        status, said, reports = night(
            top, 4, OFUKU_INPUT=DEMO, OFUKU_ARGS=f"--dated --state={state}")
        folders = [x for x in os.listdir(reports) if x[0] == "2"]
        expect("a night with a memory has its folder", status in (0, 1) and
               len(folders) == 1 and sorted(os.listdir(os.path.join(
                   reports, folders[0]))) == sorted(os.listdir(plain)),
               (said, os.listdir(reports)))
        status, said, _ = night(top, 3, OFUKU_INPUT=os.path.join(top, "none"))
        expect("no export is status 2", status == 2, said)
    for unit in ("ofuku.service", "ofuku.timer", "ofuku-mail.service"):
        with open(f"cmd/{unit}", encoding="ascii") as f:
            sections = re.findall(r"^\[(\w+)\]$", f.read(), re.M)
        expect(f"{unit} has its sections", sections[0] == "Unit" and
               len(sections) == (3 if unit.endswith("timer") else 2),
               sections)
    passed = sum(results)
    print(f"{passed} passed, {len(results) - passed} failed")
    sys.exit(passed < len(results))


main()
