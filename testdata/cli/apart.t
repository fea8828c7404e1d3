No output takes the place of another file that the run names: nothing is written.

  $ mkdir calls
  $ echo '{"conversation":"c1","role":"customer","start":0,"text":"訴えますよ"}' >call.jsonl
  $ cp call.jsonl calls/a.jsonl; cp call.jsonl calls/b.csv
  $ ln calls/a.jsonl hard; ln -s calls/a.jsonl soft; ln -s nowhere.csv dangling
  $ ofuku rules init -q -o rules.yaml; head -c 32 /dev/zero | tr '\0' k >key; echo x >>key
  $ printf 'ofuku: 1\nlang: ja\n' >config.yaml
  $ sum() { find . -type f ! -name .before -exec cksum '{}' + | sort; }
  $ sum >.before

An input, however it is named:

  $ ofuku audit -q -o call.jsonl call.jsonl
  ofuku audit: -o: call.jsonl is an input: write to another file
  [2]
  $ ofuku audit -q -o calls/b.csv calls
  ofuku audit: -o: calls/b.csv is an input: write to another file
  [2]
  $ for o in --html=hard --manifest=./soft --rejects=calls//a.jsonl --state=hard; do
  > ofuku audit -q $o calls; done
  ofuku audit: --html: calls/a.jsonl is an input: write to another file
  ofuku audit: --manifest: calls/a.jsonl is an input: write to another file
  ofuku audit: --rejects: calls/a.jsonl is an input: write to another file
  ofuku audit: --state: calls/a.jsonl is an input: write to another file
  [2]
  $ ofuku convert -q -o call.jsonl call.jsonl
  ofuku convert: -o: call.jsonl is an input: write to another file
  [2]
  $ ofuku convert -q -o call.jsonl <call.jsonl
  ofuku convert: -o: - is an input: write to another file
  [2]
  $ ofuku convert -q call.jsonl >>call.jsonl
  ofuku convert: the output: call.jsonl is an input: write to another file
  [2]
  $ ofuku setup -q -o call.jsonl call.jsonl
  ofuku setup: -o: call.jsonl is an input: write to another file
  [2]
  $ ofuku summarize -q -o call.jsonl call.jsonl
  ofuku summarize: -o: call.jsonl is an input: write to another file
  [2]
  $ ofuku summarize -q --html=call.jsonl call.jsonl
  ofuku summarize: --html: call.jsonl is an input: write to another file
  [2]

Rules, the key, settings:

  $ ofuku audit -q --rules=rules.yaml -o rules.yaml call.jsonl
  ofuku audit: --rules and -o name one file, rules.yaml: give each its own
  [2]
  $ ofuku audit -q --pseudonymize=key -o ./key call.jsonl
  ofuku audit: --pseudonymize and -o name one file, ./key: give each its own
  [2]
  $ ofuku convert -q --config=config.yaml -o config.yaml call.jsonl
  ofuku convert: --config and -o name one file, config.yaml: give each its own
  [2]
  $ ofuku summarize -q --config=config.yaml -o config.yaml call.jsonl
  ofuku summarize: --config and -o name one file, config.yaml: give each its own
  [2]

Two outputs, in folders that are not there yet, too:

  $ while read -r o; do ofuku audit -q $o call.jsonl; done <<EOT
  > -o q.csv --manifest q.csv
  > -o ./q.csv --rejects q.csv
  > -o dangling --rejects nowhere.csv
  > --html q --manifest q
  > --rejects q --manifest q
  > --state q -o q
  > --state q --rejects q
  > --state q --rejects q-wal
  > -O new --html new/exchanges.csv
  > -O new --manifest new//./log.csv
  > -O new --output-format=xlsx --html new/reports.xlsx
  > -O calls/../new --rejects new/log.csv
  > --manifest=-
  > EOT
  ofuku audit: -o and --manifest name one file, q.csv: give each its own
  ofuku audit: -o and --rejects name one file, q.csv: give each its own
  ofuku audit: -o and --rejects name one file, nowhere.csv: give each its own
  ofuku audit: --html and --manifest name one file, q: give each its own
  ofuku audit: --manifest and --rejects name one file, q: give each its own
  ofuku audit: -o and --state name one file, q: give each its own
  ofuku audit: --rejects and --state name one file, q: give each its own
  ofuku audit: --rejects and --state name one file, q-wal: give each its own
  ofuku audit: -O and --html name one file, new/exchanges.csv: give each its own
  ofuku audit: -O and --manifest name one file, new//./log.csv: give each its own
  ofuku audit: -O and --html name one file, new/reports.xlsx: give each its own
  ofuku audit: -O and --rejects name one file, new/log.csv: give each its own
  ofuku audit: the report and --manifest name one file, standard output: give each its own
  [2]
  $ sum | cmp - .before

What is no file may be named again, and what lies beside the inputs is none of them:

  $ ofuku audit -q -o /dev/null --rejects=/dev/null --manifest=/dev/null call.jsonl
  [1]
  $ ofuku audit -q -o /dev/stdout --rejects=/dev/stdout call.jsonl | cut -c-6
  policy
  source
  kasuha
  $ ofuku audit -q -o calls/new.csv --html=calls/new.html calls
  [1]
  $ ofuku audit -q -o calls/new.csv --html=calls/new.html --state=calls/s --flush calls
  [1]

Reports among the transcripts are none of them tomorrow:

  $ ofuku audit -q -O calls/reports --exclude='new.*' calls
  [1]
  $ cp calls/reports/log.csv .first
  $ ofuku audit -q -O calls/reports --exclude='new.*' calls
  [1]
  $ cmp calls/reports/log.csv .first
