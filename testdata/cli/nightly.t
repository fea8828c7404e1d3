Each line of standard error is an object, and the last has the counts:

  $ cp -r "$OFUKU_ROOT/testdata/demo" calls
  $ echo '{"text": "a", "start": -1}' >'calls/a "b".jsonl'
  $ printf '{"text": "b"}\n' >>'calls/a "b".jsonl'
  $ ofuku audit --log-format=json --stats -o r.csv calls 2>log
  [2]
  $ jq -s length log
  3
  $ jq -r 'select(.level == "reject") | [.command, .source, .line, .message] | @tsv' log
  audit\tcalls/a "b".jsonl\t1\t"start" is the number -1: wanted a number of seconds, 0 or more (esc)
  $ tail -n 1 log | jq -c 'del(.time, .message)'
  {"level":"summary","command":"","conversations":7,"utterances":64,"exchanges":5,"doubtful":0,"pass":2,"fail":3,"unknown":0,"conversations_failed":0,"conversations_unknown":0,"warnings":1,"records_skipped":0,"records_filtered":0,"records_rejected":1}
  $ jq -r .time log | grep -vE '^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{3}Z$'
  [1]

The messages are the same as without:

  $ ofuku audit --stats -o r.csv calls 2>text
  [2]
  $ jq -r '(if .command != "" and .level == "error" then "ofuku \(.command): " else "" end) +
  > (if .source then "\(.source):\(.line): " else "" end) + .message' log >told
  $ sed 's/^ofuku: //' text | diff - told

Errors, mistakes in rules and what is no UTF-8:

  $ printf 'ofuku: 1\nsays: x\n' >bad.yaml
  $ ofuku rules check --log-format=json bad.yaml 2>&1 >/dev/null |
  > jq -c '[.level, .source, .line]' | head -n 1
  ["error","bad.yaml",1]
  $ mkdir odd && printf '{"text": 1}\n' >"odd/$(printf 'a\377').jsonl"
  $ ofuku audit --log-format=json odd 2>&1 >/dev/null | jq -s 'length > 1'
  true
  $ ofuku audit --log-format=xml calls
  ofuku audit: --log-format: unknown name "xml": write text or json
  Try: ofuku audit --help
  [2]

The page's example:

  $ sed -n '/^\$ cat call.jsonl/,/^\$ /p' "$OFUKU_ROOT/man/ofuku-audit.1" |
  > grep '^{' >call.jsonl
  $ ofuku audit --log-format=json call.jsonl 2>&1 >report.csv |
  > jq -c '{exchanges, pass, fail}'
  {"exchanges":1,"pass":1,"fail":0}
