A silent night is no clean night: --fresh looks at the newest utterance.

  $ cat >calls.jsonl <<'.'
  > {"conversation":"a","role":"customer","at":"2026-10-01T10:00:00+09:00","text":"こんにちは"}
  > {"conversation":"b","role":"customer","at":"2026-10-01 20:00:00","text":"こんにちは"}
  > {"conversation":"c","role":"customer","start":5,"text":"こんにちは"}
  > .
  $ export OFUKU_NOW=2026-10-03T08:00:00+09:00
  $ ofuku audit -q --fresh 36h -o out.csv calls.jsonl
  $ ofuku audit -q --fresh 35h -o fresh.csv calls.jsonl
  ofuku audit: --fresh 35h: the newest utterance is of 2026-10-01T20:00:00+09:00, 36 hours ago: see whether the export goes on
  [2]
  $ cmp out.csv fresh.csv
  $ ofuku audit -q --fresh 2160m -j4 --memory 8M calls.jsonl | wc -l
  1
  $ ofuku audit -q --fresh 129599s calls.jsonl >/dev/null
  ofuku audit: --fresh 129599s: the newest utterance is of 2026-10-01T20:00:00+09:00, 36 hours ago: see whether the export goes on
  [2]
  $ ofuku audit -q --fresh 2d calls.jsonl >/dev/null

A clock without an offset is of --tz:

  $ ofuku audit -q --fresh 20h --tz UTC calls.jsonl >/dev/null
  ofuku audit: --fresh 20h: the newest utterance is of 2026-10-01T20:00:00Z, 27 hours ago: see whether the export goes on
  [2]
  $ ofuku audit -q --fresh 27h --tz UTC calls.jsonl >/dev/null

Nothing with a wall clock, nothing at all:

  $ tail -n 1 calls.jsonl | ofuku audit --fresh 36h >/dev/null
  ofuku audit: --fresh 36h: no utterance with a wall clock was audited: see whether the export is complete
  ofuku: 1 conversation, 1 utterance: 0 exchanges, 0 pass, 0 fail, 0 unknown
  [2]
  $ ofuku audit -q --fresh 36h --since 2026-10-02 calls.jsonl >/dev/null
  ofuku audit: --fresh 36h: no utterance with a wall clock was audited: see whether the export is complete
  [2]
  $ : >empty.jsonl; ofuku audit -q --format jsonl --fresh 36h empty.jsonl >/dev/null
  ofuku audit: empty.jsonl:1: no utterance: every line is blank
  ofuku audit: --fresh 36h: no utterance with a wall clock was audited: see whether the export is complete
  [2]

Both may be asked for:

  $ ofuku audit -q --fresh 1h --expect 9 calls.jsonl >/dev/null
  ofuku audit: --expect 9: only 3 conversations audited: see whether the export is complete
  ofuku audit: --fresh 1h: the newest utterance is of 2026-10-01T20:00:00+09:00, 36 hours ago: see whether the export goes on
  [2]

Without the variable the system's clock says what is new:

  $ unset OFUKU_NOW
  $ echo "{\"at\":\"$(date +%Y-%m-%dT%H:%M:%S%:z)\",\"text\":\"はい\"}" | ofuku audit -q --fresh 10m >/dev/null

What is no age:

  $ for age in 36 h 0h 1.5h -1h 36H 1w; do ofuku audit -q --fresh=$age calls.jsonl 2>&1 >/dev/null | head -1; done
  ofuku audit: --fresh wants AGE, not "36": write 90m, 36h or 2d
  ofuku audit: --fresh wants AGE, not "h": write 90m, 36h or 2d
  ofuku audit: --fresh wants AGE, not "0h": write 90m, 36h or 2d
  ofuku audit: --fresh wants AGE, not "1.5h": write 90m, 36h or 2d
  ofuku audit: --fresh wants AGE, not "-1h": write 90m, 36h or 2d
  ofuku audit: --fresh wants AGE, not "36H": write 90m, 36h or 2d
  ofuku audit: --fresh wants AGE, not "1w": write 90m, 36h or 2d
  $ OFUKU_NOW=soon ofuku audit -q --fresh 36h calls.jsonl
  ofuku audit: OFUKU_NOW=soon: no time: write 2026-10-01T09:00:00+09:00
  [2]
