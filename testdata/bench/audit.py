"""The script that a user would write instead of ofuku, as a rival in bench.

It does what ofuku does for JSON Lines: NFKC and case folding, conversations,
turns, thirty patterns, the stock phrase by edit distance, exchanges, round
trips, time, verdict, CSV. Its patterns are simpler, and much is left out:
words, near, unless, doubtful roles, measures in a scope, other formats.
Usage: audit.py PATTERNS FILE
"""
import csv
import json
import re
import sys
import unicodedata

PHRASE = "おきゃくさまのおきもちにごむりをいうわけにもまいりませんのでおまかせいたします"
KEEP = re.compile("まかせ.{0,4}ます")
SPELLINGS = [("お気持ち", "おきもち"), ("お気持", "おきもち"), ("お客", "おきゃく"),
             ("客様", "きゃくさま"), ("様", "さま"), ("無理", "むり"), ("言う", "いう"),
             ("訳", "わけ"), ("参り", "まいり"), ("任せ", "まかせ"), ("致し", "いたし"),
             ("御", "ご")]
FILLERS = re.compile("(えー|えーと|あの|その)[、。 ]")
DROPPED = re.compile(r"[\W_ー]+")
BACKCHANNEL = re.compile("(はい|ええ|うん|はあ|ああ|なるほど|そう(です(か|ね)|なんですね)?|"
                         "さようでございますか|もしもし)+")
WITHDRAWN = re.compile("(訴え|書き込)(る|む)のはやめ|言いすぎました|今回はもういい")
HANDED_OVER = re.compile("(責任者|担当)からお電話|上の者に代わ|お電話を切らせて")
KATAKANA = {c: c - 0x60 for c in range(0x30a1, 0x30f7)}
CALM, PATIENCE, MOST, LONGEST = 4, 3, 3, 1200.0


def plain(text):
    return unicodedata.normalize("NFKC", text).casefold()


def folded(text):
    text = FILLERS.sub("", plain(text))
    for variant, form in SPELLINGS:
        text = text.replace(variant, form)
    return DROPPED.sub("", text.translate(KATAKANA))


def similarity(text):
    """Sellers: the least distance of the phrase from any substring."""
    column = list(range(len(PHRASE) + 1))
    best = column[-1]
    for c in text:
        above = column[0]
        for i, p in enumerate(PHRASE, 1):
            cost = min(column[i] + 1, column[i - 1] + 1, above + (c != p))
            above, column[i] = column[i], cost
        best = min(best, column[-1])
    return 1 - best / len(PHRASE)


def turns(conversation):
    """Runs of one role, without backchannels: role, start, end, raw, plain."""
    out = []
    for u in sorted(conversation, key=lambda u: u.get("start", 0)):
        if u.get("role") not in ("agent", "customer"):
            continue
        if BACKCHANNEL.fullmatch(folded(u["text"])):
            continue
        if out and out[-1][0] == u["role"]:
            last = out[-1]
            out[-1] = (last[0], last[1], u["end"], last[3] + "\n" + u["text"])
        else:
            out.append((u["role"], u["start"], u["end"], u["text"]))
    return [t + (plain(t[3]),) for t in out]


def hits(patterns, text):
    return [kind for kind, p in patterns if p.search(text)]


def exchanges(patterns, all_turns):
    heard = [hits(patterns, t[4]) if t[0] == "customer" else []
             for t in all_turns]
    if not any(set(h) - {"abuse"} for h in heard):
        return
    i = 0
    while i < len(all_turns):
        if not set(heard[i]) - {"abuse"}:
            i += 1
            continue
        opened, calm, last, presses, trips, said, kinds = i, 0, i, 0, 0, 0, []
        unanswered, closed_by = 0, "end"
        while i < len(all_turns):
            role, _, _, raw, text = all_turns[i]
            if i > opened and (WITHDRAWN if role == "customer"
                               else HANDED_OVER).search(text):
                closed_by = "closed"
                break
            if role == "customer":
                pressed = set(heard[i]) - {"abuse"}
                answer = all_turns[i + 1] if i + 1 < len(all_turns) else None
                view = folded(answer[3]) if answer else ""
                counts = (answer is not None and similarity(view) >= 0.8
                          and KEEP.search(view) is not None)
                said += counts
                if heard[i] or counts:
                    trips += answer is not None
                    last, calm = i + (answer is not None), 0
                else:
                    calm += 1
                if pressed:
                    presses += 1
                    kinds += [k for k in pressed if k not in kinds]
                    unanswered += (answer is not None and not counts
                                   and presses <= PATIENCE)
                if calm == CALM:
                    closed_by = "calm"
                    break
            i += 1
        yield opened, last, closed_by, presses, trips, said, unanswered, kinds
        i += 1


def audit(patterns, name, conversation, out):
    all_turns = turns(conversation)
    for n, x in enumerate(exchanges(patterns, all_turns), 1):
        opened, last, closed_by, presses, trips, said, unanswered, kinds = x
        duration = all_turns[last][2] - all_turns[opened][1]
        findings = [f for f, bad in (
            ("phrase-missing", said < 1), ("unanswered", unanswered > 0),
            ("too-many-repetitions", said > MOST),
            ("too-many-round-trips", trips > MOST),
            ("too-long", duration > LONGEST)) if bad]
        out.writerow([name, n, all_turns[opened][1], all_turns[last][2],
                      closed_by, duration, ";".join(kinds), presses, trips,
                      said, "fail" if findings else "pass",
                      ";".join(findings), all_turns[opened][3][:80]])


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        patterns = [(k, re.compile(p, re.I)) for k, p in
                    (line.rstrip("\n").split("\t") for line in f)]
    conversations = {}
    with open(sys.argv[2], encoding="utf-8") as f:
        for line in f:
            record = json.loads(line)
            conversations.setdefault(record["conversation"], []).append(record)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["conversation", "exchange", "opened_at", "closed_at",
                  "closed_by", "duration_s", "triggers", "presses",
                  "round_trips", "repetitions", "verdict", "findings",
                  "evidence"])
    for name, conversation in conversations.items():
        audit(patterns, name, conversation, out)


main()
