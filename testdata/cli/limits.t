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
  deep.jsonl:2: JSON beyond a limit, column 1066: arrays and objects nest deeper than 1024: --max-nesting raises the limit
  deep.jsonl:3: JSON beyond a limit, column 1066: arrays and objects nest deeper than 1024: --max-nesting raises the limit
  deep.jsonl:4: JSON beyond a limit, column 1067: arrays and objects nest deeper than 1024: --max-nesting raises the limit
  ofuku: 1 utterance written, 3 records rejected
  conversation
  1023
  $ ofuku convert -q --to=csv --max-nesting=10000 deep.jsonl | cut -d, -f1
  deep.jsonl:4: JSON beyond a limit, column 10043: arrays and objects nest deeper than 10000: --max-nesting raises the limit
  conversation
  1023
  1024
  9999
  $ ofuku audit -q deep.json >/dev/null
  ofuku audit: deep.json:1:1044: JSON beyond a limit (byte 1053): arrays and objects nest deeper than 1024: --max-nesting raises the limit
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
  ofuku audit: --max-ratio wants N from 1 to 4294967295, not "0"
  ofuku audit: --max-unpacked wants SIZE, not "x": write 512M; K, M and G are powers of 1024
  ofuku audit: --max-conversations wants N, not "x": write a whole number
  ofuku audit: --match-limit wants N from 1 to 4294967295, not "-1"
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

Forty speakers, of whom each speaks twice, and no agent until the end: lists
have each once, in the order in which they came:

  $ for i in $(seq 40) $(seq 40); do
  > echo "{\"conversation\":\"c\",\"speaker\":\"お客様$i\",\"text\":\"訴えます\"}"
  > done >many.jsonl
  $ for i in $(seq 20); do
  > echo "{\"conversation\":\"c\",\"speaker\":\"係$i\",\"text\":\"はい、承知しました\"}"
  > done >>many.jsonl
  $ ofuku audit -q --fail-on=never --output-format=jsonl --report=conversations many.jsonl |
  > jq -r '.agent, .customer | join(";")'
  係1;係2;係3;係4;係5;係6;係7;係8;係9;係10;係11;係12;係13;係14;係15;係16;係17;係18;係19;係20
  お客様1;お客様2;お客様3;お客様4;お客様5;お客様6;お客様7;お客様8;お客様9;お客様10;お客様11;お客様12;お客様13;お客様14;お客様15;お客様16;お客様17;お客様18;お客様19;お客様20;お客様21;お客様22;お客様23;お客様24;お客様25;お客様26;お客様27;お客様28;お客様29;お客様30;お客様31;お客様32;お客様33;お客様34;お客様35;お客様36;お客様37;お客様38;お客様39;お客様40
