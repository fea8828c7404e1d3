"""state.py OFUKU: what audits remember from night to night. For any cut of
the input into nights, overlapping or not, read once or again, killed or not,
the nights' rows together are those of one run. Ends with "N passed, N
failed"."""
import csv
import gzip
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

OFUKU = os.path.abspath(sys.argv[1])
PHRASE = "お客様のお気持にご無理を言うわけにもまいりませんので、お任せいたします。"
SAID = {"customer": ["消費生活センターに言いますよ。", "弁護士を立てるぞ。",
                     "ネットに書き込みますからね。", "訴えます。", "どうしてくれるんですか。",
                     "もういいです。", "はい。", "そうですか。", "困っているんです。"],
        "agent": [PHRASE, PHRASE, "お客様のお気持ちにご無理を言うわけにも参りません。",
                  "それは困ります。おやめください。", "申し訳ございません。", "はい。",
                  "確認いたします。", "ご返金いたしますので。", "責任者に代わります。"]}
results = []


def expect(what, holds, seen=""):
    results.append(bool(holds))
    if not holds:
        print(f"failed: {what}: {str(seen)[:900]}", file=sys.stderr)


def run(*words, status=(0, 1), **how):
    done = subprocess.run([OFUKU, *words], capture_output=True, check=False,
                          **how)
    if status is not None and done.returncode not in status:
        expect(f"status of {words}", False, (done.returncode, done.stderr))
    return done


def clock(seconds):
    day, rest = divmod(int(seconds), 86400)
    return (f"2026-10-{1 + day:02}T{rest // 3600:02}:{rest // 60 % 60:02}:"
            f"{rest % 60:02}")


def talks(chance, number, zoned):
    """Utterances of so many conversations, one among another, by time."""
    made = []
    for i in range(number):
        at = chance.uniform(0, 4 * 86400)
        for k in range(chance.randrange(2, 24)):
            who = "customer" if (k + (k > 1) * (
                chance.randrange(5) // 4)) % 2 else "agent"
            made.append((at, {
                "conversation": f"c{i:03}", "role": who,
                "speaker": {"agent": f"担当{i % 5}", "customer": "客"}[who],
                "at": clock(at) + ("+09:00" if zoned else ""),
                "text": chance.choice(SAID[who])}))
            # Now and then a silence longer than idle, over which it goes on;
            # a name that only a later night knows is not in a row of today.
            at += chance.uniform(1500, 9000) if k > 0 and (
                chance.random() < 0.04) else chance.uniform(1, 200)
    made.sort(key=lambda x: x[0])
    return made


def write(path, made):
    with open(path, "w", encoding="utf-8") as f:
        for _, u in made:
            f.write(json.dumps(u, ensure_ascii=False) + "\n")


def rows(folder, names=("exchanges", "findings", "log")):
    return {n: [json.loads(x) for x in open(f"{folder}/{n}.jsonl",
                                            encoding="utf-8")] for n in names}


def key(row, bare):
    """Silent for longer than idle, a conversation has ended, tonight: that it
    goes on after all (idle, not end) is known by a later night alone."""
    row = {k: v for k, v in row.items() if not (
        bare and k in ("source", "line"))}
    if row.get("closed_by") == "idle":
        row["closed_by"] = "end"
    if row.get("event") == "closing" and row["pattern"] == ["idle"]:
        row["pattern"] = ["end"]
    return json.dumps(row, ensure_ascii=False, sort_keys=True)


def night(top, number, state, files, *more, **how):
    folder = f"{top}/night{number}"
    run("audit", "-q", "--state", state, "--output-format=jsonl", "-O", folder,
        *more, *files, **how)
    return folder


def compare(what, folders, whole, bare):
    for name in ("exchanges", "findings", "log"):
        got = sorted(key(r, bare) for f in folders
                     for r in rows(f, [name])[name])
        want = sorted(key(r, bare) for r in rows(whole, [name])[name])
        expect(f"{what}: {name}", got == want, (
            [x for x in got if x not in want][:2],
            [x for x in want if x not in got][:2], len(got), len(want)))
    last = {}
    for f in folders:
        for r in rows(f, ["conversations"])["conversations"]:
            last[r["conversation"]] = key(r, True)
    want = {r["conversation"]: key(r, True)
            for r in rows(whole, ["conversations"])["conversations"]}
    expect(f"{what}: conversations", last == want,
           [(last.get(k), v) for k, v in want.items() if last.get(k) != v][:1])


def write_nights(top, made, pieces):
    """A file for each piece of what was said; their paths."""
    files = [f"{top}/n{i}.jsonl" for i in range(len(pieces))]
    for path, (a, b) in zip(files, pieces):
        write(path, made[a:b])
    return files


def one_run(top, files):
    run("audit", "-q", "--output-format=jsonl", "-O", f"{top}/whole", *files)
    return f"{top}/whole"


def cuts(chance, made, nights):
    at = sorted(chance.sample(range(1, len(made)), nights - 1))
    return list(zip([0, *at], [*at, len(made)]))


def any_cut(chance, trial):
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        made = talks(chance, 24, chance.random() < 0.5)
        files = write_nights(top, made, cuts(chance, made, 1 + trial % 5))
        whole = one_run(top, files)
        state = f"{top}/state"
        folders = [night(top, i, state, [f]) for i, f in enumerate(files)]
        folders.append(night(top, "end", state, files, "--flush"))
        compare(f"cut {trial} into {len(files)}", folders, whole, False)
        again = night(top, "again", state, files, "--flush")
        expect(f"cut {trial}: nothing twice",
               not any(rows(again).values()), rows(again))


def overlaps(chance, trial):
    """Each export begins some utterances before the last one ended."""
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        made = talks(chance, 24, True)
        write(f"{top}/all.jsonl", made)
        whole = one_run(top, [f"{top}/all.jsonl"])
        folders, state = [], f"{top}/state"
        for i, (a, b) in enumerate(cuts(chance, made, 4)):
            write(f"{top}/n{i}.jsonl", made[max(0, a - chance.randrange(
                80)):b])
            folders.append(night(top, i, state, [f"{top}/n{i}.jsonl"]))
        folders.append(night(top, "end", state, [f"{top}/all.jsonl"],
                             "--flush"))
        compare(f"overlap {trial}", folders, whole, True)


def by_the_minute(chance, trial):
    """A clock of minutes: a cut may lie between two utterances of one, though
    the same words are said on both sides."""
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        made = [said(f"c{i}", f"2026-10-01T10:{i // 7 + j // 5:02}",
                     ("agent", "customer")[j % 2],
                     ("はい。", PHRASE, "訴えます。")[(j > 0) + (j % 2)])
                for i in range(12) for j in range(9)]
        at = sorted(chance.sample([
            x for x in range(1, len(made)) if x % 9 != 7], 3))
        files = write_nights(top, made, list(zip([0, *at],
                                                 [*at, len(made)])))
        whole = one_run(top, files)
        folders = [night(top, i, f"{top}/state", [f])
                   for i, f in enumerate(files)]
        folders.append(night(top, "end", f"{top}/state", files, "--flush"))
        compare(f"minutes {trial}", folders, whole, False)


def undone(chance):
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        made = talks(chance, 16, True)
        files = write_nights(top, made, cuts(chance, made, 3))
        state = f"{top}/state"
        night(top, 0, state, files[:1])
        before = run("state", "export", state).stdout
        first = night(top, 1, state, files[1:2])
        expect("undo", b"taken back" in run("state", "undo", state).stderr)
        expect("undo: as before", run("state", "export", state).stdout ==
               before)
        expect("undo: once", run("state", "undo", state).returncode == 1)
        second = night(top, "1b", state, files[1:2])
        expect("undo: the same again", rows(first) == rows(second))
        listed = run("state", "list", state).stdout.decode().splitlines()
        name = listed[1].split(",")[0]
        run("state", "forget", state, name)
        expect("forget", name not in run("state", "list",
                                         state).stdout.decode())
        with open(state, "rb") as f:
            expect("forget: erased", name.encode() not in f.read())
        expect("forget: none such", run("state", "forget", state,
                                        name).returncode == 1)
        run("state", "forget", "--before", "2026-12-01", state)
        expect("forget --before", len(run(
            "state", "list", state).stdout.splitlines()) == 1)


def killed(chance, trial):
    """Killed at any moment, then run again."""
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        made = talks(chance, 60, True)
        files = write_nights(top, made, cuts(chance, made, 2))
        whole = one_run(top, files)
        state, folders = f"{top}/state", []
        for i, f in enumerate(files):
            folder = f"{top}/night{i}"
            words = [OFUKU, "audit", "-q", "--state", state, "--flush"][
                :5 + (i == 1)] + ["--output-format=jsonl", "-O", folder, f]
            with subprocess.Popen(words, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL) as child:
                time.sleep(chance.uniform(0, 0.12))
                child.send_signal(signal.SIGKILL)
                # It may have ended before: then what it wrote stands.
                ended = child.wait() in (0, 1)
            if not ended:
                again = night(top, f"{i}-again", state, [f],
                              *(["--flush"] if i else []))
                # Killed behind its commit, a run has reported all.
                if any(rows(again).values()) or not os.path.isdir(folder):
                    folder = again
                elif len(os.listdir(folder)) < 5:
                    folder = again
            folders.append(folder)
        compare(f"kill {trial}", folders, whole, False)


def two_at_once(chance):
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        made = talks(chance, 20, True)
        write(f"{top}/a.jsonl", made)
        state = f"{top}/state"
        fifo = f"{top}/fifo"
        os.mkfifo(fifo)
        with subprocess.Popen([OFUKU, "audit", "-q", "--state", state, "-O",
                               f"{top}/o1", fifo], stderr=subprocess.PIPE) as one:
            with open(fifo, "w", encoding="utf-8") as f:
                f.write(json.dumps(made[0][1]) + "\n")
                f.flush()
                time.sleep(0.3)
                second = run("audit", "-q", "--state", state, "-O",
                             f"{top}/o2", f"{top}/a.jsonl", status=(2,))
                expect("the second is told", b"--wait" in second.stderr,
                       second.stderr)
                with subprocess.Popen(
                        [OFUKU, "audit", "-q", "--state", state, "--wait=60",
                         "-O", f"{top}/o3", f"{top}/a.jsonl"]) as third:
                    time.sleep(0.2)
                    expect("the third waits", third.poll() is None)
                    f.close()
                    expect("and goes on", third.wait() in (0, 1))


def without_clock():
    """Files of their own: the same ids are others, a grown file goes on."""
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        state = f"{top}/state"
        for name, lines in {"a": 2, "b": 2, "grown": 2}.items():
            with open(f"{top}/{name}.jsonl", "w", encoding="utf-8") as f:
                for i in range(lines):
                    f.write(json.dumps({
                        "conversation": "1", "start": 10 * i, "text": (
                            name + "訴えます。", PHRASE)[i % 2],
                        "role": ("customer", "agent")[i % 2]}) + "\n")
        first = night(top, 0, state, [f"{top}/a.jsonl"])
        second = night(top, 1, state, [f"{top}/b.jsonl", f"{top}/grown.jsonl"])
        expect("without a clock: at once", len(rows(first)["exchanges"]) == 1)
        expect("without a clock: by file", len(rows(second)["exchanges"]) == 2,
               rows(second)["exchanges"])
        with open(f"{top}/grown.jsonl", "a", encoding="utf-8") as f:
            f.write(json.dumps({"conversation": "1", "start": 2000,
                                "role": "customer", "text": "弁護士を立てます。"})
                    + "\n")
        third = rows(night(top, 2, state, [f"{top}/grown.jsonl"]))
        expect("a grown file: what is new", [
            r["exchange"] for r in third["exchanges"]] == [2], third)


def said(conversation, at, role, text, **more):
    return (0, {"conversation": conversation, "role": role, "at": at,
                "text": text, **more})


def beyond_memory():
    """What the memory does not hold is laid aside, and not lost."""
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        write(f"{top}/a.jsonl", [
            said(f"c{i:05}", clock(i), role, text)
            for role, text in (("customer", "訴えます。" + "困ります。" * 20),
                               ("agent", PHRASE)) for i in range(15000)])
        whole = one_run(top, [f"{top}/a.jsonl"])
        folder = night(top, 0, f"{top}/state", [f"{top}/a.jsonl"], "--flush",
                       "--memory=8M")
        compare("beyond the memory", [folder], whole, False)
        expect("beyond the memory: all", len(
            rows(folder)["exchanges"]) == 15000)


def behind_its_night():
    """An exchange that was reported before all of it had arrived."""
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        a, b, state = f"{top}/a.jsonl", f"{top}/b.jsonl", f"{top}/state"
        write(a, [said("x", "2026-10-01T10:00:00", "customer", "訴えます。"),
                  said("x", "2026-10-01T10:00:10", "agent", PHRASE),
                  said("y", "2026-10-02T10:00:00", "agent", "はい。")])
        write(b, [said("x", "2026-10-01T10:00:20", "customer",
                       "弁護士を立てるぞ。"),
                  said("x", "2026-10-01T10:00:30", "agent",
                       "おやめください。返金します。")])
        first = rows(night(top, 0, state, [a]))["exchanges"]
        done = run("audit", "--state", state, "--output-format=jsonl", "-O",
                   f"{top}/late", "--flush", b)
        late = rows(f"{top}/late")["exchanges"]
        expect("late: passed at first", [r["verdict"] for r in first] ==
               ["pass"], first)
        expect("late: anew", [(r["exchange"], r["verdict"]) for r in late] ==
               [(1, "fail")], late)
        expect("late: said, with status 1", done.returncode == 1 and
               b"reported anew" in done.stderr, done.stderr)
        again = night(top, 2, state, [b], "--flush")
        expect("late: once", not any(rows(again).values()), rows(again))


def minutes_beside_seconds():
    """A chat goes on in the minute in which it might; the cut is by a clock
    that is finer."""
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        for end, waits in (("10:15:59", True), ("10:16:00", False)):
            write(f"{top}/a.jsonl", [
                said("chat", "2026-10-01T10:00", "customer", "訴えます。"),
                said("call", f"2026-10-01T{end}", "customer", "はい。")])
            run("audit", "-q", f"--state={top}/{end}", f"{top}/a.jsonl")
            done = run("state", "list", "--waiting", f"{top}/{end}")
            expect(f"minutes: {end}", (b"chat" in done.stdout) == waits,
                   done.stdout)


def other_rules():
    """What is judged again is judged by the rules of the night."""
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        rules, state = f"{top}/r.yaml", f"{top}/state"
        seen = []
        for i, most in enumerate((1, 1, 0)):
            with open(rules, "w", encoding="utf-8") as f:
                f.write("ofuku: 1\npolicy: p\nuses: [ja]\npatterns:\n  s: "
                        "{by: customer, any: ['訴え']}\n"
                        "exchange: {opens_on: [s]}\n"
                        f"checks: {{c: {{measure: presses, max: {most}}}}}\n")
            write(f"{top}/{i}.jsonl", [said(
                "x", f"2026-10-0{i + 1}T10:00:00", "customer",
                ("はい。", "訴えます。")[i == 0])])
            done = run("audit", "--state", state, "--rules", rules, "--flush",
                       "--output-format=jsonl", f"{top}/{i}.jsonl")
            seen.append(([json.loads(x)["verdict"]
                          for x in done.stdout.splitlines()],
                         b"or by other rules" in done.stderr))
        expect("other rules", seen == [(["pass"], False), ([], False),
                                       (["fail"], True)], seen)


def holds_now():
    """A check of the conversation that failed, and holds after all."""
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        rules, state = f"{top}/r.yaml", f"{top}/state"
        with open(rules, "w", encoding="utf-8") as f:
            f.write("ofuku: 1\npolicy: p\nuses: [ja]\npatterns:\n  s: "
                    "{by: agent, any: ['失礼']}\nchecks: {bye: {scope: "
                    "conversation, measure: hits(s), min: 1, max: 2}}\n")
        seen, latest = [], []
        for i, text in enumerate(("はい。", "失礼いたします。", "失礼、失礼。", "失礼。")):
            write(f"{top}/{i}.jsonl", [said(
                "x", f"2026-10-0{i + 1}T10:00:00", "agent", text)])
            done = run("audit", "--state", state, "--rules", rules, "--flush",
                       "--report=findings", "-o", f"{top}/r{i}.csv",
                       f"{top}/{i}.jsonl")
            with open(f"{top}/r{i}.csv", encoding="utf-8") as f:
                rows = [(x["outcome"], x["measured"], x["at"])
                        for x in csv.DictReader(f)]
            seen.append((rows, b"check bye of p was reported" in done.stderr))
            done = run("summarize", "--latest", "--by=check", "--output-format="
                       "jsonl", *(f"{top}/r{k}.csv" for k in range(i + 1)))
            latest.append([json.loads(x)["fail"]
                           for x in done.stdout.splitlines()])
        days = [f"2026-10-0{i}T10:00:00" for i in range(1, 5)]
        expect("holds now", seen == [
            ([("fail", "0", days[0])], False), ([("pass", "", days[1])], True),
            ([("fail", "3", days[2])], False),
            ([("fail", "4", days[2])], False)], seen)
        expect("holds now: latest", latest == [[1], [], [1], [1]], latest)


def late_and_alike():
    """An exchange that arrives behind its night, alike but for its time, takes
    the number of one that was reported: both are told."""
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        a, b, state = f"{top}/a.jsonl", f"{top}/b.jsonl", f"{top}/state"

        def threat(hour, words):
            return [said("x", f"2026-10-01T{hour}:00:00", "customer", words),
                    said("x", f"2026-10-01T{hour}:00:10", "agent", PHRASE)]

        write(a, threat("12", "訴えます。"))
        write(b, threat("10", "訴えます。"))
        first = rows(night(top, 0, state, [a], "--flush"))["exchanges"]
        then = rows(night(top, 1, state, [b], "--flush"))["exchanges"]
        expect("alike: both", [(r["exchange"], r["opened_at"][11:13])
                               for r in first + then] ==
               [(1, "12"), (1, "10"), (2, "12")], (first, then))
        # What lies between them makes one of two.
        write(a, [said("x", f"2026-10-01T{m // 60:02}:{m % 60:02}:00",
                       "customer", "訴えます。")
                  for m in range(10 * 60 + 5, 12 * 60, 10)])
        done = run("audit", "--state", state, "--flush", "--output-format="
                   "jsonl", "-O", f"{top}/night2", a)
        merged = rows(f"{top}/night2")["exchanges"]
        expect("alike: one of two", len(merged) == 1 and
               b"there is none of this number" in done.stderr,
               (merged, done.stderr))
        expect("alike: how many there are", b",1" in run(
            "state", "list", state).stdout, run("state", "list", state).stdout)
        write(a, threat("15", "訴えます。"))
        last = rows(night(top, 3, state, [a], "--flush"))["exchanges"]
        expect("alike: the next", [r["exchange"] for r in last] == [2], last)


def not_understood():
    """What could not be read, or not all of it, has not been read."""
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        head = "番号,だれ,とき,なに\n"
        talk = ("1,客,2026-10-01 10:00:00,訴えますよ\n"
                "1,担当,2026-10-01 10:00:10,はい、さようでございますか。\n")
        maps = "--map=conversation=番号,speaker=だれ,at=とき,text=なに"
        known = head.replace("番号,だれ,とき,なに",
                             "conversation,speaker,at,text")
        for name, content, wrong, right in (
                ("columns", (head + talk).encode(), [], [maps]),
                ("record", (known + talk).encode(), ["--max-record=30"], []),
                ("encoding", (known + talk).encode("cp932"),
                 ["--encoding=UTF-8"], ["--encoding=CP932"]),
                ("unpacked", gzip.compress((known + talk * 99).encode()),
                 ["--max-unpacked=1K"], []),
                ("folder", (head + talk).encode(), [], [maps])):
            os.mkdir(f"{top}/{name}")
            path = f"{top}/{name}/x.csv" + ".gz" * (name == "unpacked")
            with open(path, "wb") as f:
                f.write(content)
            if name == "folder":
                path = f"{top}/{name}"
            state = f"{top}/{name}.state"
            run("audit", "--state", state, "--flush", *wrong, path,
                status=(2,))
            done = run("audit", "--state", state, "--flush", *right, path)
            expect(f"not understood: {name}", b"1 exchange" in done.stderr,
                   done.stderr)
            done = run("audit", "--state", state, "--flush", *right, path)
            expect(f"understood: {name}", b"was read before" in done.stderr,
                   done.stderr)
        path = f"{top}/some.csv"
        with open(path, "w", encoding="utf-8") as f:
            f.write(known + talk + "1,客,gestern,はい\n")
        for options, status, again in (([], 2, False), (["--max-rejects=1"], 0,
                                                       False), ([], 0, True)):
            done = run("audit", "--state", f"{top}/some.state", *options,
                       "--flush", path, status=None)
            expect(f"rejected: {options}", done.returncode == status and
                   (b"was read before" in done.stderr) == again,
                   (done.returncode, done.stderr))


def in_one_night():
    """Exports that overlap, and copies, in one run: each said once."""
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        talk = [said("x", f"2026-10-01T10:00:{10 * i:02}",
                     ("customer", "agent")[i % 2],
                     ("訴えますよ。", PHRASE)[i % 2]) for i in range(6)]
        write(f"{top}/b.jsonl", talk[:4])
        write(f"{top}/a.jsonl", talk[2:])
        write(f"{top}/c.jsonl", talk[2:])
        with gzip.open(f"{top}/d.jsonl.gz", "wb") as f, open(
                f"{top}/a.jsonl", "rb") as of:
            f.write(of.read())
        names = ["b.jsonl", "a.jsonl", "c.jsonl", "d.jsonl.gz"]
        done = run("audit", "--state", f"{top}/state", "--flush",
                   "--output-format=jsonl", *names, cwd=top)
        got = [json.loads(x) for x in done.stdout.splitlines()]
        expect("one night: once", [(r["round_trips"], r["verdict"])
                                   for r in got] == [(3, "pass")], got)
        expect("one night: a copy", b"c.jsonl: note: holds what a.jsonl holds"
               in done.stderr and b"note: 2 utterances were read before" in
               done.stderr, done.stderr)


def folder_a_night():
    """Rows that are written once are not written over unsaid."""
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        how = {"cwd": top, "env": {**os.environ,
                                   "OFUKU_NOW": "2026-10-02T02:30:00+09:00"}}
        for i in range(3):
            write(f"{top}/{i}.jsonl", [said(f"x{i}", "2026-10-01T10:00:00",
                                            "customer", "訴えます。")])
            run("audit", "-q", "--state=s", "--flush", "-O", "nights",
                "--dated", f"{i}.jsonl", **how)
        seen = sorted(os.listdir(f"{top}/nights"))
        expect("dated", seen == ["2026-10-02", "2026-10-02.002",
                                        "2026-10-02.003"],
               seen)
        done = run("summarize", "-q", "--latest", "nights", **how)
        expect("dated: all are counted", b",3,0," in done.stdout, done.stdout)
        for i, noted in ((3, False), (4, True)):
            write(f"{top}/{i}.jsonl", [said(f"x{i}", "2026-10-01T10:00:00",
                                            "customer", "訴えます。")])
            done = run("audit", "--state=s", "--flush", "-o", "r.csv",
                       f"{i}.jsonl", **how)
            expect(f"written over: {i}", (b"r.csv: note: holds rows" in
                                          done.stderr) == noted, done.stderr)
        done = run("audit", "--dated", "0.jsonl", status=(2,), **how)
        expect("dated: of what", b"--dated is for --output-dir" in done.stderr,
               done.stderr)


def nights_of(top, *nights, options=()):
    """The exchanges of each night, whose input is made of such lines."""
    found = []
    for i, lines in enumerate(nights):
        write(f"{top}/in{i}.jsonl", lines)
        found.append(rows(night(top, i, f"{top}/state", [f"{top}/in{i}.jsonl"],
                                "--flush", *options))["exchanges"])
    return found


def untimed():
    """What has no time is known by what stands before it."""
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        pieces = [[said("a", f"2026-10-01T10:0{i}:00", "customer", "訴えます。"),
                   (0, {"conversation": "a", "role": "agent", "text": PHRASE})]
                  for i in range(4)]
        last = nights_of(top, *pieces)[-1]
        expect("untimed: each night's", [(r["repetitions"], r["verdict"])
                                         for r in last] == [(4, "fail")], last)
        tail = nights_of(top, pieces[3][1:])
        expect("untimed: the end alone", tail == [[]], tail)
        more = nights_of(top, [(0, {"conversation": "a", "role": "customer",
                                    "text": "弁護士を立てます。"}),
                               *pieces[0][1:]])[-1]
        expect("untimed: goes on", [r["repetitions"] for r in more] == [5],
               more)
        again = nights_of(top, pieces[1] + pieces[2] + pieces[3])
        expect("untimed: overlapping", again == [[]], again)


def two_kinds_of_clock():
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        night1 = [said("a", "2026-10-01T10:00:00", "customer", "訴えます。")]
        night2 = [said("a", "2026-10-01T10:00:10+09:00", "agent", PHRASE)]
        last = nights_of(top, night1, night2)[-1]
        expect("clocks: in order", [(r["round_trips"], r["verdict"])
                                    for r in last] == [(1, "pass")], last)
        shown = run("state", "show", f"{top}/state").stdout.decode()
        expect("clocks: whose it is", [r["source"][-9:] for r in last] ==
               ["in0.jsonl"], last)
        expect("clocks: shown in order", shown.index("訴え") <
               shown.index("お任せ"), shown)


def back_again():
    """An exchange that comes to what it was before is told again."""
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        night1 = [said("x", f"2026-10-01T{at}", role, text)
                  for at, role, text in (
                      ("10:00:00", "customer", "訴えます。"),
                      ("10:00:10", "agent", PHRASE),
                      ("10:30:00", "customer", "訴えます。"),
                      ("10:30:10", "agent", "おやめください。"),
                      ("12:00:00", "customer", "訴えます。"),
                      ("12:00:10", "agent", PHRASE))]
        night2 = [said("x", f"2026-10-01T10:{m}:00", "customer",
                       "弁護士を立てます。") for m in (10, 20)]
        night3 = [said("x", "2026-10-01T10:25:00", "agent",
                       "上の者に代わります。")]
        nights_of(top, night1, night2, night3)
        whole = one_run(top, [f"{top}/in{i}.jsonl" for i in range(3)])
        for by in ((), ("--by=verdict",)):
            got = run("summarize", "-q", "--latest", *by,
                      *[f"{top}/night{i}/exchanges.jsonl" for i in range(3)])
            want = run("summarize", "-q", *by, f"{whole}/exchanges.jsonl")
            expect(f"back again {by}", got.stdout == want.stdout,
                   (got.stdout, want.stdout))


def page_of_nights():
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        nights_of(
            top, [said("x", "2026-10-01T10:00:00", "customer", "訴えます。"),
                  said("x", "2026-10-01T10:00:10", "agent", PHRASE)],
            [said("x", "2026-10-01T10:00:20", "customer", "必ず訴えます。")])
        run("summarize", "-q", "--latest", f"--html={top}/p.html",
            f"{top}/night0", f"{top}/night1")
        with open(f"{top}/p.html", encoding="utf-8") as f:
            lines = [x for x in f if x[:4] in ('["x"', '["l"')]
        expect("page: the latest, with its log", [x[:4] for x in lines] ==
               ['["x"', '["l"', '["l"', '["l"', '["l"'] and
               "必ず" in "".join(lines), lines)


def closed_later():
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        last = nights_of(
            top, [said("a", "2026-10-01T10:00:00", "customer", "訴えます。")],
            [said("a", "2026-10-01T10:00:40", "agent", "上の者に代わります。")])
        expect("closed later", [[r["closed_by"] for r in n] for n in last] ==
               [["end"], ["closed"]], last)


def clockless_files():
    """A file that grows within a night, one in an archive, and retention."""
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        talk = [(0, {"role": "customer", "start": 0, "text": "訴えます。"}),
                (0, {"role": "agent", "start": 5, "text": PHRASE})]
        os.mkdir(f"{top}/in")
        write(f"{top}/in/g.jsonl", talk[:1])
        write(f"{top}/whole.jsonl", talk)
        with open(f"{top}/whole.jsonl", "rb") as f:
            whole = f.read()
        for name in ("in/g.jsonl.gz", "in/archived.jsonl.gz"):
            with gzip.open(f"{top}/{name}", "wb") as f:
                f.write(whole)
        first = rows(night(top, 0, f"{top}/state", [f"{top}/in/g.jsonl",
                     f"{top}/in/g.jsonl.gz"]))["exchanges"]
        expect("clockless: grown at once", [r["verdict"] for r in first] ==
               ["pass"], first)
        done = run("audit", "--state", f"{top}/state", f"{top}/in")
        expect("clockless: archived", done.stderr.count(b"read before") == 3,
               done.stderr)
        for day, n in (("2001-01-01", b"0 conv"), ("2999-01-01", b"1 conv")):
            done = run("state", "forget", f"--before={day}", f"{top}/state")
            expect(f"clockless: before {day}", n in done.stderr, done.stderr)


def talks_of_one_name():
    """_chat.txt is what WhatsApp calls every talk."""
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        for name, hour, reply in (("T", 10, PHRASE), ("S", 11, "おやめください。")):
            os.mkdir(f"{top}/{name}")
            with open(f"{top}/{name}/_chat.txt", "w", encoding="utf-8") as f:
                f.write(f"[2026/10/01 {hour}:00:00] {name}様: 訴えます。\n"
                        f"[2026/10/01 {hour}:00:20] 窓口: {reply}\n")
        run("audit", "-q", "--state", f"{top}/s1", "--flush", "-O",
            f"{top}/out", f"{top}/S", f"{top}/T")
        done = run("summarize", "-q", "--latest", f"{top}/out/exchanges.csv")
        expect("one name: both count", b",2,0,1,1,0," in done.stdout,
               done.stdout)
        for state, how in (("s2", "stdin"), ("s3", "here")):
            for name in "TS":
                with open(f"{top}/{name}/_chat.txt", "rb") as f:
                    run("audit", "-q", "--state", f"{top}/{state}", "--flush",
                        "-" if how == "stdin" else "_chat.txt", stdin=f,
                        cwd=f"{top}/{name}")
            done = run("state", "list", f"{top}/{state}")
            expect(f"one name: {how}", done.stdout.count(b"reported,") == 2,
                   done.stdout)


def at_once():
    """Another run is making the state just now: it is waited for."""
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        write(f"{top}/a.jsonl", [said("c", "2026-10-01T10:00:00", "customer",
                                      "はい。")])
        other = sqlite3.connect(f"{top}/s", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with subprocess.Popen(
                [OFUKU, "audit", "-q", "--wait=60", "--state=s", "-o", "r.csv",
                 "a.jsonl"], cwd=top) as one:
            time.sleep(0.5)
            expect("at once: it waits", one.poll() is None)
            other.rollback()
            other.close()
            expect("at once: and goes on", one.wait() == 0)


def dated_at_once():
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        nights = []
        for i in range(5):
            write(f"{top}/{i}.jsonl", [said(f"c{i}", "2026-10-01T10:00:00",
                                            "customer", "訴えます。")])
            nights.append(subprocess.Popen(
                [OFUKU, "audit", "-q", "--flush", "--wait=60", "--state=s",
                 "--dated", "-O", "d", f"{i}.jsonl"], cwd=top))
        for one in nights:
            one.wait()
        done = run("summarize", "-q", "--latest", f"{top}/d")
        expect("dated at once", b",5,0,0,0,5," in done.stdout, done.stdout)


def interleaved():
    """Channels in files of their own, told one among another."""
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        files = [f"{top}/{k}.jsonl" for k in range(5)]
        for k, path in enumerate(files):
            write(path, [said("a", f"2026-10-01T10:{m:02}:00",
                              ("customer", "agent")[m % 2],
                              ("訴えます。", PHRASE)[m % 2])
                         for m in range(k, 50, 5)])
        got = rows(night(top, 0, f"{top}/state", files, "--flush"))
        want = rows(one_run(top, files))
        expect("interleaved", got == want, (got, want))


def limit_hit():
    """A conversation that could not be judged is not one that was."""
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        rules, a, state = f"{top}/r.yaml", f"{top}/a.jsonl", f"{top}/state"
        write(a, [said("x", "2026-10-01T10:00:00", "customer",
                       "訴えます" + "あ" * 60 + "い")])
        for pattern, status, waiting in (("訴.*(あ|ああ)+$", 2, b"waiting"),
                                         ("訴え", 1, b"reported")):
            with open(rules, "w", encoding="utf-8") as f:
                f.write("ofuku: 1\npolicy: p\nuses: [ja]\npatterns:\n  s: "
                        f"{{by: customer, any: ['{pattern}']}}\n"
                        "exchange: {opens_on: [s]}\n"
                        "checks: {c: {measure: presses, max: 0}}\n")
            done = run("audit", "-q", "--state", state, "--rules", rules,
                       "--flush", "--match-limit=20000", a, status=(status,))
            expect(f"limit: {pattern}", waiting in run(
                "state", "list", state).stdout, done.stderr)


def of_tonight():
    """What --expect and --fresh ask for is what came, judged or not."""
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        a, state = f"{top}/a.jsonl", f"{top}/state"
        how = {"env": {**os.environ, "OFUKU_NOW": "2026-10-01T12:00:00+09:00"}}
        asks = ("audit", "-q", "--state", state, "--expect=1", "--fresh=36h",
                "-o", f"{top}/r.csv")
        write(a, [said("x", "2026-10-01T11:59:00+09:00", "customer", "はい。")])
        expect("tonight: it waits, and is there",
               run(*asks, a, status=None, **how).returncode == 0)
        done = run(*asks, "--flush", a, status=None, **how)
        expect("tonight: the same file is no new night",
               done.returncode == 2 and b"--expect 1: only 0" in done.stderr
               and b"--fresh 36h" in done.stderr, done.stderr)
        # A clock gone wrong makes nothing fresh, and ends nobody's call.
        write(a, [said("y", "2026-08-01T11:59:00+09:00", "customer", "はい。"),
                  said("z", "2099-08-01T11:59:00+09:00", "customer", "はい。")])
        done = run("audit", "-q", "--fresh=36h", "-o", f"{top}/r.csv", a,
                   status=None, **how)
        expect("2099 is not fresh", done.returncode == 2 and
               b"of 2026-08-01" in done.stderr, done.stderr)
        write(a, [said("w", "2026-10-01T11:59:00+09:00", "customer", "はい。"),
                  said("v", "2099-08-01T11:59:00+09:00", "customer", "はい。")])
        run("audit", "-q", "--state", state, "-o", f"{top}/r.csv", a, **how)
        expect("2099 ends nothing", b"\nw,waiting" in run(
            "state", "list", state).stdout, run("state", "list", state).stdout)


def packed():
    """A file without a clock, by another path, and compressed."""
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        vtt = ("WEBVTT\n\n00:01.000 --> 00:02.000\n<v お客様>訴えます。\n\n"
               f"00:03.000 --> 00:04.000\n<v 担当>{PHRASE}\n")
        with open(f"{top}/c.vtt", "w", encoding="utf-8") as f:
            f.write(vtt)
        with gzip.open(f"{top}/c.vtt.gz", "wt", encoding="utf-8") as f:
            f.write(vtt + "\n")
        with open(f"{top}/d.vtt", "w", encoding="utf-8") as f:
            f.write(vtt)
        found = [len(rows(night(top, i, "state", [path], cwd=top))["exchanges"])
                 for i, path in enumerate((
                     "c.vtt", "c.vtt.gz", f"{top}/c.vtt.gz", "./c.vtt.gz",
                     "d.vtt"))]
        # d.vtt is c.vtt byte for byte: it is left out as read.
        expect("one file, however it is named", found == [1, 0, 0, 0, 0],
               found)


def looked_at():
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        a, state = f"{top}/a.jsonl", f"{top}/state"
        open(state, "wb").close()
        done = run("state", "list", state, status=(2,))
        expect("an empty state", b"holds nothing yet" in done.stderr,
               done.stderr)
        write(a, [said("x\x1b[2J", "2026-10-01T11:59:00", "customer", "はい。",
                       speaker="k\x1b[31m\nforged: line"),
                  said("tanaka", "2026-10-01T11:59:00", "agent", "はい。")])
        os.rename(a, f"{top}/tanaka.jsonl")
        run("audit", "-q", "--flush", "--state", state, f"{top}/tanaka.jsonl")
        shown = run("state", "show", state).stdout
        expect("shown without effect", b"\x1b" not in shown and
               b"\nforged" not in shown, shown)
        done = run("state", "forget", state, "tanaka", "tippfehler",
                   status=(1,))
        expect("forget: one is none", b"no conversation tippfehler" in
               done.stderr and b"1 conversation forgotten" in done.stderr,
               done.stderr)
        run("state", "forget", state, "x\x1b[2J")
        with open(state, "rb") as f:
            expect("forget: of the file's name, too", b"tanaka" not in
                   f.read())
        run("state", "forget", "--before=2027-01-01", state)
        done = run("audit", "--state", state, f"{top}/tanaka.jsonl")
        expect("forgotten, and not read again", b"was read before" in
               done.stderr, done.stderr)


def forgotten_while_read():
    """What is forgotten is gone from the file, or that it is not is said; who
    reads what a command wrote holds nothing up."""
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        a, state = f"{top}/a.jsonl", f"{top}/state"
        write(a, [said(f"person{i}", "2026-10-01T11:59:00", "customer",
                       "訴えます。" * 9) for i in range(999)])
        run("audit", "-q", "--flush", "--state", state, "-o", f"{top}/r.csv", a)
        with subprocess.Popen([OFUKU, "state", "export", state],
                              stdout=subprocess.PIPE) as other:
            other.stdout.read(1)
            run("state", "forget", state, "person100", status=(0,))
            with open(state, "rb") as f:
                expect("forgotten beside a pager", b"person100" not in f.read())
            other.stdout.read()
        reader = sqlite3.connect(state)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM conversation").fetchone()
        done = run("state", "forget", state, "person200", status=(2,))
        expect("forgotten while it is read", b"another command reads it" in
               done.stderr, done.stderr)
        reader.close()
        run("state", "forget", state, "person300", status=(0,))
        with open(state, "rb") as f:
            expect("forgotten then", b"person200" not in f.read())


def damaged():
    """Bytes that flipped are not judged as if somebody had said them."""
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        a, state = f"{top}/a.jsonl", f"{top}/state"
        write(a, [said("x", "2026-10-01T11:59:00", "customer",
                       "訴えます。" + "".join(chr(0x4e00 + 37 * i % 9000)
                                         for i in range(400)))])
        run("audit", "-q", "--state", state, a)
        with open(state, "rb") as f:
            data = bytearray(f.read())
        at = data.index(b"\x28\xb5\x2f\xfd")
        data[at + 200] ^= 0x20
        with open(state, "wb") as f:
            f.write(data)
        done = run("audit", "-q", "--flush", "--state", state, a, status=(2,))
        expect("damaged", b"is damaged" in done.stderr, done.stderr)


def refusals(top):
    with open(f"{top}/x.jsonl", "w", encoding="utf-8") as f:
        f.write('{"role":"customer","text":"訴えます"}\n')
    for words, says in (
            (["audit", "--flush", f"{top}/x.jsonl"], b"are for --state"),
            (["audit", "--state", f"{top}/s", "--since=2026-01-01",
              f"{top}/x.jsonl"], b"leave them out"),
            (["audit", "--state", f"{top}/s", "--shard=1/2",
              f"{top}/x.jsonl"], b"leave them out"),
            (["audit", "--state", f"{top}/x.jsonl", f"{top}/x.jsonl"],
             b"is an input"),
            (["audit", "--state", f"{top}/none/s", f"{top}/x.jsonl"],
             b"cannot be opened"),
            (["audit", "--state=/dev/null", f"{top}/x.jsonl"], b"is no file"),
            (["state", "list", f"{top}/nowhere"], b"cannot be opened"),
            (["state", "list"], b"which state"),
            (["state", "forget", f"{top}/s"], b"which conversations"),
            (["state", "forget", "--before=x", f"{top}/s2"], b"no date")):
        done = run(*words, status=(2,))
        expect(f"{words[:3]}", says in done.stderr, done.stderr)
    run("audit", "-q", "--state", f"{top}/s2", f"{top}/x.jsonl")
    expect("for nobody else", os.stat(f"{top}/s2").st_mode & 0o077 == 0)


def main():
    chance = random.Random(11)
    for trial in range(int(os.environ.get("STATE_TRIALS", "12"))):
        any_cut(chance, trial)
        overlaps(chance, trial)
        by_the_minute(chance, trial)
        killed(chance, trial)
    undone(chance)
    two_at_once(chance)
    without_clock()
    for odd in (beyond_memory, behind_its_night,
                minutes_beside_seconds, other_rules, holds_now,
                late_and_alike, not_understood, in_one_night, folder_a_night,
                untimed, two_kinds_of_clock, back_again, page_of_nights,
                closed_later, clockless_files, talks_of_one_name,
                at_once, dated_at_once, interleaved, limit_hit, of_tonight, packed,
                looked_at, forgotten_while_read, damaged):
        odd()
    with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
        refusals(top)
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 1 if False in results else 0


if __name__ == "__main__":
    sys.exit(main())
