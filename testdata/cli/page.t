A page for people: one file, and nothing else is written:

  $ cp -r "$OFUKU_ROOT/testdata/demo" .
  $ ofuku audit --html=page.html --lang=ja demo
  ofuku: 6 conversations, 63 utterances: 5 exchanges, 2 pass, 3 fail, 0 unknown, 1 warning
  [1]
  $ head -n 2 page.html
  <!doctype html>
  <html lang="ja">
  $ rows() { sed -n '/id="rows"/,/^<\/script>/p' "$1" | grep "^\[\"$2\""; }
  $ rows page.html x | jq -r '[.[3, 4, 5, 22]] | join(" ")'
  demo/calls.csv T-1001 1 pass
  demo/calls.csv T-1002 1 fail
  demo/counter-1001.txt counter-1001 1 fail
  demo/recordings.jsonl rec-0815 1 fail
  demo/recordings.jsonl rec-0816 1 pass
  $ rows page.html l | grep -c repetition
  12
  $ ofuku audit -q --html=page.en.html demo; head -n 2 page.en.html | tail -n 1
  <html lang="en">

Beside a report it is written as well, and to standard output alone:

  $ ofuku audit -q --fail-on=never --html=too.html -o report.csv demo
  $ ofuku audit -q --fail-on=never --html=- --lang=ja demo | cmp - page.html
  $ cmp too.html page.en.html; wc -l <report.csv
  6
  $ ofuku audit -q --html=- --report=log demo
  ofuku audit: the report and --html name one file, standard output: give each its own
  [2]
  $ ofuku audit -q --html=a.csv -o a.csv demo
  ofuku audit: -o and --html name one file, a.csv: give each its own
  [2]
  $ ofuku audit -q --html=a.csv --rejects=a.csv demo
  ofuku audit: --html and --rejects name one file, a.csv: give each its own
  [2]
  $ ofuku audit -q --html=a.html --lang=fr demo
  ofuku audit: --lang: unknown name "fr": write en or ja
  Try: ofuku audit --help
  [2]

It loads nothing, and says so to the browser:

  $ grep -oE '(src|href|url|import|@import)[=(]' page.html | sort | uniq -c
  $ grep -oE "default-src[^;]*;|base-uri[^;]*;|form-action[^;]*;" page.html
  default-src 'none';
  base-uri 'none';
  form-action 'none';
  $ hash() { sed -n "/^<$1>/,/^<\/$1>/p" page.html | sed "1s/^<$1>//; \$d" |
  > sha256sum | cut -c -64 | tr a-f A-F | basenc --base16 -d | base64; }
  $ for e in script style; do grep -c "$e-src 'sha256-$(hash $e)'" page.html; done
  1
  1

What was said stands in it as text that ends no element:

  $ cat >hostile.jsonl <<'END'
  > {"conversation":"</script><script>alert(1)</script>","role":"customer","speaker":"<img src=x>","text":"訴えます。</script><script>alert(2)</script>"}
  > {"conversation":"</script><script>alert(1)</script>","role":"agent","speaker":"</style>","text":"<!-- <script> javascript:alert(3)"}
  > END
  $ ofuku audit -q --html=hostile.html hostile.jsonl
  [1]
  $ grep -c '<script' hostile.html page.html
  hostile.html:3
  page.html:3
  $ grep -c '<!--\|<img\|alert(1)</' hostile.html
  0
  [1]

Masked and pseudonymous, as the reports are:

  $ printf '%s\n' '{"role":"customer","speaker":"山田","text":"山田太郎と申します。090-1234-5678へ。訴えますよ。"}' '{"role":"agent","speaker":"佐藤","text":"山田様、それは困ります。"}' >call-山田.jsonl
  $ printf 'a key that nobody else has: 17\n' >key; chmod 600 key
  $ ofuku audit -q --redact --pseudonymize=key --html=masked.html call-山田.jsonl
  [1]
  $ rows masked.html . | grep -c '山田\|佐藤\|1234'
  0
  [1]

The reports of an audit give the same page, however they were written:

  $ ofuku audit -q --lang=ja -O night demo
  [1]
  $ ofuku summarize -q --html=again.html --lang=ja night
  $ same() { rows "$1" . | jq -c 'map(if type == "array" then join(";") else . // "" | tonumber? // . end)'; }
  $ same page.html >want; same again.html | cmp - want
  $ ofuku audit -q --lang=ja -O excel --excel --raw demo; ofuku audit -q --lang=ja -O json --output-format=jsonl demo
  [1]
  $ ofuku summarize -q --html=again.html json; same again.html | cmp - want
  $ ofuku summarize -q --html=again.html excel excel/log.csv; same again.html | cmp - want

Also where all records stand on one line, and two turns have the same text:

  $ cat >one.json <<'END'
  > [{"role":"customer","text":"訴えるぞ。"},{"role":"agent","text":"困ります。"},{"role":"customer","text":"弁護士を立てるぞ。"},{"role":"agent","text":"困ります。"}]
  > END
  $ ofuku audit -q --html=one.html one.json; ofuku audit -q -O one one.json
  [1]
  $ ofuku summarize -q --html=again.html one
  $ rows again.html l | jq -r '"\(.[3]) \(.[5]): \(.[10])"'
  customer press: 訴えるぞ。
  agent answer: 困ります。
  customer press: 弁護士を立てるぞ。
  agent answer: 困ります。
  agent closing: null
  $ same one.html >want; same again.html | cmp - want

What whole conversations failed stands apart, also where there is no exchange:

  $ sed '/measure: hits(apology)/,/severity/s/severity: info/severity: error/' "$OFUKU_ROOT/rules/kasuhara.yaml" >strict.yaml
  $ for i in 1 2 3 4 5 6; do echo "{\"at\":\"2026-10-01T10:00:0$i\",\"role\":\"agent\",\"text\":\"申し訳ございません。\"}"; done >sorry.jsonl
  $ ofuku audit --rules=strict.yaml --rules="$OFUKU_ROOT/rules/ja.yaml" --html=sorry.html sorry.jsonl
  ofuku: 1 conversation, 6 utterances: 0 exchanges, 0 pass, 0 fail, 0 unknown, 1 conversation failed
  [1]
  $ rows sorry.html . | jq -r '.[0, 4, 5, 6, 7, 12, 13]' | paste -sd ' '
  c sorry apologies error fail 6 5
  $ sed -n '/<noscript>/,$s/^<li>\(.*\)<.*/\1/p' sorry.html
  pass: 0
  fail: 0
  unknown: 0
  conversations failed: 1
  $ ofuku audit -q --rules=strict.yaml --rules="$OFUKU_ROOT/rules/ja.yaml" -O sorry sorry.jsonl
  [1]
  $ ofuku summarize -q --html=again.html sorry
  $ same sorry.html >want; same again.html | cmp - want
  $ sed -n '/<noscript>/,$s/^<li>\(conv.*\)<.*/\1/p' again.html
  conversations failed: 1

Without scripts it says the verdicts, in its language:

  $ sed -n '/<noscript>/,$s/^<li>\(.*\)<.*/\1/p' page.html page.en.html
  合格: 2
  違反: 3
  判定不能: 0
  pass: 2
  fail: 3
  unknown: 0
  $ ofuku summarize -q --html=- --lang=ja sorry | sed -n '/<noscript>/,$s/^<li>\(.*\)<.*/\1/p'
  合格: 0
  違反: 0
  判定不能: 0
  違反の会話: 1

Without log and findings there are the rows alone; what is no report is said:

  $ ofuku summarize -q --html=- night/exchanges.csv | grep -c '^\["[lf]"'
  0
  [1]
  $ ofuku summarize --html=a.html demo/calls.csv
  ofuku summarize: demo/calls.csv:1: no column "policy": is this an exchanges report?
  [2]
  $ ofuku summarize --html=a.html --by=agent night
  ofuku summarize: --html writes a page and nothing else: leave out --by, --mix, --compare, --output and --output-format
  Try: ofuku summarize --help
  [2]
  $ ofuku summarize --html=a.html --rules=demo/calls.csv night
  demo/calls.csv:1:1: invalid leading UTF-8 octet (a rule file is UTF-8)
  ofuku summarize: 1 mistake in the rules
  [3]
