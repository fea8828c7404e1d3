Limits: each ends in a message that names the option.

  $ cat >call.jsonl <<EOT
  > {"conversation":"c1","role":"customer","start":0,"text":"訴えますよ"}
  > {"conversation":"c2","role":"customer","start":0,"text":"弁護士を立てます"}
  > EOT

A packed file that was made to fill what reads it; what came before is audited:

  $ python3 - <<EOT
  > import gzip
  > with gzip.open("bomb.gz", "wb") as f:
  >     f.write(open("call.jsonl", "rb").read())
  >     for _ in range(100):
  >         f.write(b"\n" * (1 << 20))
  > EOT
  $ ofuku audit bomb.gz | cut -d, -f5,23
  ofuku audit: bomb.gz: unpacks to more than 1000 times its size, 64 MiB so far: --max-ratio N allows more
  ofuku: 2 conversations, 2 utterances: 2 exchanges, 0 pass, 0 fail, 2 unknown
  conversation,verdict
  c1,unknown
  c2,unknown
  $ ofuku audit bomb.gz >/dev/null 2>&1
  [2]
  $ ofuku audit -q --max-ratio=2000 bomb.gz | wc -l
  3

The size that it unpacks to counts, too, however well it was packed:

  $ ofuku audit -q --max-ratio=2000 --max-unpacked=1M bomb.gz | wc -l
  ofuku audit: bomb.gz: unpacks to more than 1048576 bytes: --max-unpacked SIZE allows more
  3
  $ zstd -q call.jsonl; wc -c <call.jsonl
  159
  $ ofuku grep -c --max-unpacked=158 訴え call.jsonl.zst
  ofuku grep: call.jsonl.zst: unpacks to more than 158 bytes: --max-unpacked SIZE allows more
  [2]
  $ ofuku grep -c --max-unpacked=159 訴え <call.jsonl.zst
  1

Arrays and objects of JSON; both ways of reading lines keep the limit:

  $ python3 - <<EOT
  > deep = lambda n: "[" * n + "]" * n
  > with open("deep.jsonl", "w") as f:
  >     for n in (1023, 1024, 9999, 10000):
  >         f.write('{"conversation":"%d","text":"訴えますよ","x":%s}\n' % (n, deep(n)))
  > with open("deep.json", "w") as f:
  >     f.write('[{"text":"訴えますよ","x":%s}]' % deep(1023))
  > EOT
  $ ofuku convert --to=csv deep.jsonl | cut -d, -f1
  deep.jsonl:2: not valid JSON, column 1066: arrays and objects nest deeper than 1024: --max-nesting raises the limit
  deep.jsonl:3: not valid JSON, column 1066: arrays and objects nest deeper than 1024: --max-nesting raises the limit
  deep.jsonl:4: not valid JSON, column 1067: arrays and objects nest deeper than 1024: --max-nesting raises the limit
  ofuku: 1 utterance written, 3 records rejected
  conversation
  1023
  $ ofuku convert -q --to=csv --max-nesting=10000 deep.jsonl | cut -d, -f1
  deep.jsonl:4: not valid JSON, column 10043: arrays and objects nest deeper than 10000: --max-nesting raises the limit
  conversation
  1023
  1024
  9999
  $ ofuku audit -q deep.json >/dev/null
  ofuku audit: deep.json:1:1044: not valid JSON (byte 1053): arrays and objects nest deeper than 1024: --max-nesting raises the limit
  [2]
  $ ofuku audit -q --max-nesting=1025 --agent=x deep.json >/dev/null
  [1]
  $ ofuku audit -q --max-nesting=1000001 deep.json
  ofuku audit: --max-nesting: at most 1000000
  [2]

Conversations and findings; no report stands there then:

  $ ofuku audit -q --max-conversations=1 -o out.csv call.jsonl
  ofuku audit: more than 1 conversations: --max-conversations allows more, --shard divides them
  [2]
  $ ofuku audit -q --max-findings=5 -o out.csv call.jsonl
  ofuku audit: more than 5 findings: are these the right rules and roles? --max-findings allows more
  [2]
  $ ls out.csv
  ls: cannot access 'out.csv': No such file or directory
  [2]
  $ ofuku audit -q --max-findings=6 --max-conversations=2 -o out.csv call.jsonl
  [1]

How long a file may be, by ulimit: no report stands there then, either:

  $ awk 'BEGIN { for (i = 0; i < 99; i++)
  > printf "{\"conversation\":\"c%d\",\"role\":\"customer\",\"text\":\"訴えますよ\"}\n", i }' >long.jsonl
  $ sh -c 'ulimit -f 1; ofuku audit -q -o big.csv long.jsonl'
  ofuku audit: big.csv: cannot write: File too large
  [2]
  $ sh -c 'ulimit -f 1; ofuku convert -q --to=csv long.jsonl >out.txt'
  ofuku convert: standard output: cannot write: File too large
  [2]
  $ sh -c 'ulimit -f 1; ofuku grep 訴え long.jsonl >out.txt'
  ofuku grep: standard output: cannot write: File too large
  [2]
  $ ls big.csv
  ls: cannot access 'big.csv': No such file or directory
  [2]

The match of a pattern:

  $ ofuku audit -q --match-limit=1 --no-jit call.jsonl 2>&1 >/dev/null | grep -c "takes more than 1 steps"
  2
  $ cat >slow.yaml <<EOT
  > ofuku: 1
  > policy: slow
  > uses: [ja]
  > patterns: {a: {by: customer, any: ['(あ+)+い']}}
  > exchange: {opens_on: [a]}
  > EOT
  $ awk 'BEGIN { printf "{\"role\":\"customer\",\"text\":\""
  > for (i = 0; i < 5000; i++) printf "あ"
  > print "う\"}" }' >slow.jsonl
  $ timeout 5 ofuku audit --rules=slow.yaml slow.jsonl >/dev/null 2>slow.err

Whichever option the pattern is of, and whichever command takes it:

  $ awk 'BEGIN { printf "{\"speaker\":\""
  > for (i = 0; i < 40; i++) printf "a"
  > print "b\",\"text\":\"訴えますよ\"}" }' >speaker.jsonl
  $ limits() { ofuku "$@" -q --match-limit=999 speaker.jsonl 2>&1 | sed '/"(/!d; s/:[^:]*$//'; }
  $ limits audit '--agent=(a|aa)+$'
  ofuku audit: speaker.jsonl:1: --agent: "(a|aa)+$" takes more than 999 steps on one text
  $ limits show '--customer=(a|aa)+$'
  ofuku show: speaker.jsonl:1: --customer: "(a|aa)+$" takes more than 999 steps on one text
  $ ofuku grep --speaker='(a|aa)+$' --match-limit=999 訴え speaker.jsonl
  ofuku grep: speaker.jsonl:1: --speaker: "(a|aa)+$" takes more than 999 steps on one text: bound its repeats, or say what they may not pass
  [2]
  $ ofuku grep --role=agent --other='(a|aa)+$' --match-limit=999 訴え speaker.jsonl
  ofuku grep: speaker.jsonl:1: --other: "(a|aa)+$" takes more than 999 steps on one text: bound its repeats, or say what they may not pass
  [2]
  $ ofuku grep --match-heap=1K --no-jit '(.)*(.|..)+' speaker.jsonl
  ofuku grep: speaker.jsonl:1: pattern of the search: "(.)*(.|..)+" takes more than 1 KiB on one text: bound its repeats, or say what they may not pass
  [2]

  $ for o in --max-ratio=0 --max-unpacked=x --max-conversations=x --match-limit=-1 --match-heap=0; do
  > ofuku audit $o call.jsonl 2>&1 | head -n 1; done
  ofuku audit: --max-ratio wants N, not "0"
  ofuku audit: --max-unpacked wants SIZE, not "x": write 512M; K, M and G are powers of 1024
  ofuku audit: --max-conversations wants N, not "x"
  ofuku audit: --match-limit wants N, not "-1"
  ofuku audit: --match-heap wants SIZE, not "0": write 512M; K, M and G are powers of 1024

Steps are counted by match; a pattern that has many, each of which looks as far
as the text goes, is given up by the time that it takes:

  $ python3 -c 'print("{\"conversation\":\"c\",\"text\":\"" + "あ" * 60000 + "\"}")' >many.jsonl
  $ ofuku grep -c 'あ{1,50}?(?=.*う)|あ' many.jsonl
  ofuku grep: many.jsonl:1: pattern of the search: "あ{1,50}?(?=.*う)" takes more than a second on one text: bound its repeats, or say what they may not pass
  0
  [2]
  $ ofuku grep -c 'あ{1,50}' many.jsonl
  1
