"""check.py OFUKU [CONVERSATIONS]: a second judge, written from the definitions
of exchanges, measures and checks alone (ofuku-rules(5)), and random
conversations: every row of the exchanges report is as it says. Matching is
plain here, so that order, count and time are what is tested. Ends with
"N passed, N failed"."""
import json
import os
import random
import re
import subprocess
import sys
import tempfile

OFUKU = os.path.abspath(sys.argv[1])
NUMBER = int(sys.argv[2]) if len(sys.argv) > 2 else 3000
HERE = os.path.dirname(os.path.abspath(__file__))
PHRASE = "お客様のお気持にご無理を言うわけにもまいりませんので、お任せいたします"
IDLE = 15 * 60000
SAID = {"customer": ["訴えます。", "弁護士を立てる。", "ふざけるな。", "やめます。",
                     "商品が届きません。", "いつですか。", "困っています。"],
        "agent": [PHRASE + "。", PHRASE + "。", "代わります。", "返金。",
                  "確認しております。", "少々お待ちください。"]}
BACKCHANNELS = ["はい", "ええ、はい。", "なるほど", "…"]
SPEAKERS = {"agent": "甲甲甲乙", "customer": "丙", "other": "機", "": "丁丁戊"}
THREATS = {"訴えます": "sue", "弁護士": "law"}
ERRORS = {"missing", "unanswered", "many", "trips", "long", "paid"}


# Conversations

def words(chance, role):
    if chance.random() < 0.12:
        return chance.choice(BACKCHANNELS)
    pool = SAID.get(role)
    if pool is None or chance.random() < 0.03:
        pool = SAID["agent"] + SAID["customer"]
    return "".join(chance.choice(pool)
                   for _ in range(chance.choice([1, 1, 1, 2, 3])))


def next_role(chance, made, others):
    if others and chance.random() < 0.25:
        return chance.choice(["other", ""])
    if chance.random() < 0.3:
        return chance.choice(["agent", "customer"])
    return ("agent" if made and made[-1]["role"] == "customer" else
            "customer")


def step(chance):
    """Milliseconds to the next utterance: often about idle, or none."""
    kind = chance.random()
    if kind < 0.06:
        return chance.choice([IDLE - 1, IDLE, IDLE + 1, IDLE + 500, 2 * IDLE])
    return 0 if kind < 0.1 else chance.randint(1, 200000)


def times(chance, clock, at, end):
    if clock == "none" or (clock == "mixed" and chance.random() < 0.3):
        return None, None
    unit = {"s": 1000, "min": 60000}.get(clock, 1)
    if clock == "min":
        end = None
    return at // unit * unit, None if end is None else end // unit * unit


def conversation(chance, number):
    made, at = [], chance.randint(0, 5) * 1000
    clock = chance.choice(["ms", "ms", "ms", "s", "min", "none", "mixed"])
    others = chance.random() < 0.25
    for _ in range(chance.randint(1, 14)):
        role = next_role(chance, made, others)
        at += step(chance)
        if chance.random() < 0.04:
            at = max(0, at - chance.randint(0, 30000))
        start, end = at, None
        if chance.random() < 0.5:
            end = at + chance.randint(0, 20000)
            at = end if chance.random() < 0.7 else at
        start, end = times(chance, clock, start, end)
        made.append({"conversation": f"c{number}", "role": role,
                     "speaker": chance.choice(SPEAKERS[role]),
                     "text": words(chance, role),
                     "start": start, "end": end, "clock": clock})
    return made


def wall(ms, clock):
    minutes, rest = divmod(ms, 60000)
    text = (f"2026-10-{1 + minutes // 1440:02}T{minutes // 60 % 24:02}:"
            f"{minutes % 60:02}")
    return text if clock == "min" else text + f":{rest // 1000:02}"


def record(u):
    out = {k: u[k] for k in ("conversation", "role", "speaker", "text")}
    on_wall = u["clock"] in ("s", "min")
    for ours, theirs in (("start", "at"), ("end", "until")):
        if u[ours] is not None:
            out[theirs if on_wall else ours] = (
                wall(u[ours], u["clock"]) if on_wall else u[ours] / 1000)
    return json.dumps(out, ensure_ascii=False)


# Turns

def in_order(said):
    """By start; one without a time keeps its place after its predecessor."""
    groups = []
    for u in said:
        if u["start"] is None and groups:
            groups[-1].append(u)
        else:
            groups.append([u])
    head = [g for g in groups if g[0]["start"] is None]
    rest = [g for g in groups if g[0]["start"] is not None]
    rest.sort(key=lambda g: g[0]["start"])
    return [u for g in head + rest for u in g]


def roles(said):
    role = {}
    for u in said:
        role.setdefault(u["speaker"], u["role"])
    unknown = [s for s, r in role.items() if not r]
    known = {"agent", "customer"} & set(role.values())
    if len(unknown) == 1 and len(known) == 1:
        role[unknown[0]] = ({"agent", "customer"} - known).pop()
    return role


def latest(u):
    return u["start"] if u["end"] is None else u["end"]


def is_backchannel(text):
    return re.fullmatch("(はい|ええ|なるほど)*",
                        re.sub("[。、…]", "", text)) is not None


def threats(text):
    """Patterns hit, first hit first."""
    found = sorted((text.find(w), i) for w, i in THREATS.items() if w in text)
    return [i for _, i in found]


class Turn:
    """Utterances of one role in a row; gap: a silence lies before it."""

    def __init__(self, role, gap):
        self.role, self.gap, self.said = role, gap, []

    def read(self):
        self.text = "\n".join(u["text"] for u in self.said)
        customer = self.role == "customer"
        self.press = customer and bool(threats(self.text))
        self.closes = not self.press and (
            "やめます" if customer else "代わります") in self.text
        self.goes_on = (customer and not self.press and not self.closes and
                        "ふざけるな" in self.text)
        self.hits = 0 if customer else self.text.count(PHRASE)


def turns_of(said):
    turns, last = [], None
    for u in said:
        if u["is"] not in ("agent", "customer") or is_backchannel(u["text"]):
            continue
        gap = (last is not None and u["start"] is not None and
               u["start"] - last > IDLE)
        if not turns or gap or turns[-1].role != u["is"]:
            turns.append(Turn(u["is"], gap))
        turns[-1].said.append(u)
        if latest(u) is not None:
            last = max(latest(u), latest(u) if last is None else last)
    for t in turns:
        t.read()
    return turns


def answer(turns, i):
    """The agent turn right behind; one that only closes is none."""
    if turns[i].role != "customer" or i + 1 == len(turns):
        return None
    after = turns[i + 1]
    if after.gap or after.role != "agent" or (after.closes and
                                              not after.hits):
        return None
    return i + 1


# Exchanges

def closing(turns, opening, calm_turns):
    """How it is closed, its last turn, and where to look on."""
    calm = 0
    for i in range(opening + 1, len(turns)):
        t, a = turns[i], answer(turns, i)
        if t.gap:
            return "idle", i - 1, i
        if t.closes:
            return "closed", i, i + 1
        if t.role != "customer":
            continue
        if t.press or t.goes_on or (a is not None and turns[a].hits):
            calm = 0
        else:
            calm += 1
            if calm == calm_turns:
                return "calm", i, i + 1
    return "end", len(turns) - 1, len(turns)


def last_sign(turns, opening, stop):
    last = opening
    for i in range(opening, stop + 1):
        t = turns[i]
        if t.press or t.goes_on:
            last = max(last, i, answer(turns, i) or i)
        if t.hits:
            last = max(last, i)
    return last


class Exchange:
    def __init__(self, said, turns, opening, policy):
        self.said, self.turns, self.patience = said, turns, policy["patience"]
        self.first = opening
        self.by, self.stop, self.after = closing(
            turns, opening, policy["calm_turns"])
        self.last = last_sign(turns, opening, self.stop)
        self.open = next(u for u in turns[opening].said if threats(u["text"]))
        self.extent = turns[opening:self.last + 1]
        spoken = [u for t in self.extent for u in t.said]
        while spoken[0] is not self.open:
            spoken.pop(0)
        self.spoken = spoken

    def trips(self):
        """Customer turns with their answers, in the extent."""
        found = []
        for i in range(self.first, self.last + 1):
            a = answer(self.turns, i)
            if a is not None and a <= self.last:
                found.append((self.turns[i], self.turns[a]))
        return found

    def duration(self):
        if self.open["start"] is None or self.spoken[-1]["start"] is None:
            return "unknown"
        return max(latest(u) for u in self.spoken
                   if latest(u) is not None) - self.open["start"]

    def reply(self):
        """When, and in which agent turn, the phrase counted first."""
        agents = [t for t in self.extent if t.role == "agent"]
        for n, t in enumerate(agents, 1):
            if t.hits:
                u = next(u for u in t.said if PHRASE in u["text"])
                if u["start"] is None or self.open["start"] is None:
                    return "unknown", n
                return u["start"] - self.open["start"], n
        return None, None

    def paid(self):
        stop = self.stop
        if self.by in ("closed", "calm"):
            stop = answer(self.turns, stop) or stop
        return sum(t.text.count("返金")
                   for t in self.turns[self.first:stop + 1]
                   if t.role == "agent")

    def names(self, role):
        at = [i for i, u in enumerate(self.said)
              if u is self.open or u is self.spoken[-1]]
        for piece in (self.said[at[0]:at[-1] + 1], self.said):
            found = list(dict.fromkeys(
                u["speaker"] for u in piece if u["is"] == role))
            if found:
                return found
        return []

    def triggers(self):
        return list(dict.fromkeys(
            i for t in self.extent if t.press for i in threats(t.text)))


def outcome(value, limits, blurred=False, unknown=False):
    """"" for a pass, None for a fail, "?"."""
    low, high = limits
    if unknown or value == "unknown":
        return "?"
    if value is None:
        return ""
    if blurred:
        return ("" if value + 60000 <= high else
                None if value - 60000 >= high else "?")
    return "" if (low is None or value >= low) and (
        high is None or value <= high) else None


def findings(x, row, wide):
    minutes = any(u["clock"] == "min" and u["start"] is not None
                  for u in x.said)
    alone = not any(c.press for c, _ in x.trips())
    reply, turn = x.reply()
    asked = [
        ("missing", outcome(row["repetitions"], (1, None), unknown=alone)),
        ("unanswered", outcome(row["unanswered"], (None, 0), unknown=alone)),
        ("many", outcome(row["repetitions"], (None, 2), unknown=alone)),
        ("trips", outcome(row["round_trips"], (None, 3))),
        ("long", outcome(x.duration(), (None, 20 * 60000), minutes)),
        ("paid", outcome(x.paid(), (None, 0))),
        ("late", outcome(turn, (None, 1))),
        ("slow", outcome(reply, (None, 60000), minutes)),
        ("pairs", outcome(len(x.trips()), (None, wide)))]
    return [name + (how or "") for name, how in asked if how != ""]


def verdict(found):
    counted = [f for f in found if f.rstrip("?") in ERRORS]
    if any(not f.endswith("?") for f in counted):
        return "fail"
    return "unknown" if counted else "pass"


def seconds(ms):
    return None if ms in (None, "unknown") else ms / 1000


def row_of(x, number):
    trips = x.trips()
    presses = [a for c, a in trips if c.press][:x.patience]
    reply, turn = x.reply()
    row = {"exchange": number, "closed_by": x.by,
           "presses": sum(t.press for t in x.extent),
           "repetitions": sum(t.hits > 0 for t in x.extent),
           "phrase_hits": sum(t.hits for t in x.extent), "near_misses": 0,
           "round_trips": sum(c.press or c.goes_on or a.hits > 0
                              for c, a in trips),
           "unanswered": sum(not a.hits for a in presses),
           "triggers": x.triggers(), "duration_s": seconds(x.duration()),
           "first_reply_s": seconds(reply), "first_reply_turn": turn,
           "agent": x.names("agent"), "customer": x.names("customer"),
           "evidence": x.open["text"]}
    row["findings"] = findings(x, row, 4)
    row["verdict"] = verdict(row["findings"])
    return row


def doubts(said, turns, rows):
    if any(not u["is"] and threats(u["text"]) for u in said):
        yield "roles-unknown?"
    if not rows and any(
            t.role == "customer" and PHRASE in t.text for t in turns) and any(
            t.role == "agent" and threats(t.text) for t in turns):
        yield "roles-swapped?"


def judge(said, policy):
    said = in_order(said)
    role = roles(said)
    for u in said:
        u["is"] = role[u["speaker"]]
    turns, rows, i = turns_of(said), [], 0
    while i < len(turns):
        if turns[i].press:
            x = Exchange(said, turns, i, policy)
            rows.append(row_of(x, len(rows) + 1))
            i = x.after
        else:
            i += 1
    return rows + [{"exchange": None, "verdict": "unknown", "findings": [d]}
                   for d in doubts(said, turns, rows)]


# The comparison

def audit(top, talks, policy):
    with open(os.path.join(HERE, "policy.yaml"), encoding="utf-8") as f:
        text = f.read()
    for name, value in policy.items():
        text = re.sub(f"(?m)^  {name}: .*", f"  {name}: {value}", text)
    with open(f"{top}/policy.yaml", "w", encoding="utf-8") as f:
        f.write(text)
    with open(f"{top}/in.jsonl", "w", encoding="utf-8") as f:
        for said in talks:
            f.writelines(record(u) + "\n" for u in said)
    done = subprocess.run(
        [OFUKU, "audit", "-q", "--rules", f"{top}/policy.yaml",
         "--output-format", "jsonl", f"{top}/in.jsonl"],
        capture_output=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr.decode())
    rows = {}
    for line in done.stdout.decode().splitlines():
        row = json.loads(line)
        rows.setdefault(row["conversation"], []).append(row)
    return rows


def differs(got, want):
    if len(got) != len(want):
        return f"{len(got)} rows, not {len(want)}: {got}"
    for a, b in zip(got, want):
        for name, value in b.items():
            if a[name] != value:
                return f"{name} is {a[name]}, not {value}, of {a['exchange']}"
    return None


def main():
    chance = random.Random(7)
    passed = failed = 0
    for patience, calm_turns in ((3, 4), (1, 2), (2, 1), (5, 6)):
        policy = {"patience": patience, "calm_turns": calm_turns}
        talks = [conversation(chance, i) for i in range(NUMBER // 4)]
        with tempfile.TemporaryDirectory(prefix="ofuku-") as top:
            rows = audit(top, talks, policy)
        for said in talks:
            what = differs(rows.get(said[0]["conversation"], []),
                           judge(said, policy))
            passed += what is None
            failed += what is not None
            if what is not None and failed < 5:
                print(what, *map(record, said), sep="\n", file=sys.stderr)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
