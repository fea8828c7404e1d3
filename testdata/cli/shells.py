"""Completions in the shells themselves: a line and a tab on a terminal.

usage: shells.py OFUKU
"""
import os
import pty
import select
import shutil
import subprocess
import sys
import tempfile
import time

OFUKU = os.path.abspath(sys.argv[1])
PATIENCE = 60
# What is typed before the tab, and what is to stand there then.
LINES = [
    ("ofuku au", "ofuku audit "),
    ("ofuku audit --output-di", "--output-dir"),
    ("ofuku audit --format=amiv", "--format=amivoice"),
    ("ofuku audit --report conv", "--report conversations"),
    ("ofuku audit --encoding=EU", "--encoding=EUC-JP"),
    ("ofuku show --check=phrase-l", "--check=phrase-late"),
    ("ofuku grep @law", "grep @lawyer"),
    ("ofuku audit trans", "audit transcript.jsonl"),
    ("ofuku audit -o tran", "-o transcript.jsonl"),
    ("ofuku rules exp", "rules explain "),
    ("ofuku rules explain consumer", "explain consumer-center"),
    ("ofuku help sum", "help summarize"),
    ("ofuku help sta", "help state"),
    ("ofuku help nigh", "help nightly"),
    ("ofuku verify trans", "verify transcript.jsonl"),
    ("ofuku setup trans", "setup transcript.jsonl"),
    ("ofuku completions fi", "completions fish"),
    ("ofuku summarize --by=trig", "--by=trigger"),
    ("ofuku audit --delimiter semi", "--delimiter semicolon"),
    ("ofuku audit --output-encoding=CP", "--output-encoding=CP932"),
]
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"],
             "PS1='> '; bind 'set enable-bracketed-paste off'; "
             ". /usr/share/bash-completion/bash_completion; . ./bash.sh"),
    "zsh": (["zsh", "-f", "-i"],
            "PS1='> '; unset zle_bracketed_paste; autoload -U compinit; "
            "fpath=($PWD/zsh $fpath); compinit -u -D; unsetopt prompt_sp"),
    "fish": (["fish", "-N", "-i"],
             "function fish_prompt; echo '> '; end; source ./fish.fish"),
}
passed = failed = 0


def read_until(fd, wanted):
    seen = b""
    end = time.time() + PATIENCE
    while time.time() < end:
        if select.select([fd], [], [], 0.2)[0]:
            try:
                seen += os.read(fd, 65536)
            except OSError:
                break
        if wanted.encode() in clean(seen):
            return True, clean(seen)
    return False, clean(seen)


def clean(seen):
    """Without what moves the cursor or colours."""
    out, i = bytearray(), 0
    while i < len(seen):
        if seen[i] == 0x1b:
            i += 1
            if i < len(seen) and seen[i:i + 1] in b"[(]":
                i += 1
                while i < len(seen) and not 0x40 <= seen[i] <= 0x7e:
                    i += 1
            i += 1
            continue
        out.append(seen[i])
        i += 1
    return bytes(out)


def start(argv):
    pid, fd = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm", COLUMNS="200", LC_ALL="C.UTF-8",
                          HOME=os.getcwd(), XDG_CONFIG_HOME=os.getcwd())
        os.execvp(argv[0], argv)
    return pid, fd


def try_lines(shell, argv, setup):
    global passed, failed
    for typed, wanted in LINES:
        pid, fd = start(argv)
        os.write(fd, (setup + "; echo rea''dy\n").encode())
        ok, seen = read_until(fd, "ready\r")
        if ok:
            os.write(fd, typed.encode() + b"\t")
            ok, seen = read_until(fd, wanted)
        if ok:
            passed += 1
        else:
            failed += 1
            print(f"failed: {shell}: {typed}: {seen[-400:]!r}",
                  file=sys.stderr)
        os.close(fd)
        os.kill(pid, 9)
        os.waitpid(pid, 0)


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    os.environ["PATH"] = os.path.dirname(OFUKU) + ":" + os.environ["PATH"]
    open("transcript.jsonl", "w").close()
    os.mkdir("zsh")
    for shell, path in (("bash", "bash.sh"), ("zsh", "zsh/_ofuku"),
                        ("fish", "fish.fish")):
        with open(path, "wb") as f:
            subprocess.run([OFUKU, "completions", shell], stdout=f,
                           check=True)
    for shell, (argv, setup) in SHELLS.items():
        if shutil.which(shell) is None:
            failed += 1
            print(f"failed: {shell} is missing: run `make deps`",
                  file=sys.stderr)
        else:
            try_lines(shell, argv, setup)
    os.chdir("/")
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
