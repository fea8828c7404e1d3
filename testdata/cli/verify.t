Provenance: a manifest says what was read, by what, and what came out.

  $ cat >call.jsonl <<'.'
  > {"role":"customer","start":0,"end":4,"text":"もう弁護士を立てますよ"}
  > {"role":"agent","start":5,"end":12,"text":"お客様のお気持ちにご無理を言うわけにも参りませんので、お任せいたします"}
  > .
  $ printf '担当 佐藤: はい\nお客様: はい\n' >talk.txt
  $ gzip -nc call.jsonl >packed.jsonl.gz
  $ ofuku audit -q -o report.csv --rejects rejects.csv --manifest m.json call.jsonl packed.jsonl.gz talk.txt
  $ jq -c '.manifest, .arguments, .counts, .status, (.reports[] | [.report, .path, .bytes])' m.json
  1
  ["-q","-o","report.csv","--rejects","rejects.csv","--manifest","m.json","call.jsonl","packed.jsonl.gz","talk.txt"]
  {"read":6,"audited":6,"skipped":0,"filtered":0,"rejected":0,"conversations":3,"exchanges":2,"pass":2,"fail":0,"unknown":0}
  0
  ["exchanges","report.csv",610]
  ["rejects","rejects.csv",32]
  $ jq -r '.inputs[], .reports[] | "\(.sha256)  \(.path)"' m.json | sha256sum -c
  call.jsonl: OK
  packed.jsonl.gz: OK
  talk.txt: OK
  report.csv: OK
  rejects.csv: OK
  $ jq -c '.inputs[] | [.path, .bytes, .records, .rejected]' m.json
  ["call.jsonl",232,2,0]
  ["packed.jsonl.gz",205,2,0]
  ["talk.txt",40,2,0]
  $ jq -r '.rules[:12]' m.json | grep -c "$(tail -n 1 report.csv | cut -d, -f2)"
  1
  $ jq -c '.rule_files[] | [.path, (.sha256 | length)]' m.json
  ["builtin:kasuhara.yaml",64]
  ["builtin:ja.yaml",64]

The same run leaves the same manifest, with any number of threads:

  $ cp m.json first.json
  $ ofuku audit -q -o report.csv --rejects rejects.csv --manifest m.json call.jsonl packed.jsonl.gz talk.txt
  $ cmp m.json first.json

verify repeats it, looks at what the audit wrote, and touches nothing of it:

  $ mkdir tmp; export TMPDIR=$PWD/tmp
  $ ofuku verify m.json
  ofuku: m.json: repeated, nothing differs
  $ cp report.csv kept.csv; sed -i s/pass/fail/ report.csv
  $ verify() { ofuku verify "$@" | sed 's/[0-9a-f]\{64\}/HASH/g'; }
  $ ofuku verify m.json >/dev/null
  [1]
  $ verify m.json
  report report.csv: was changed since: sha256 was HASH, is HASH
  $ echo mine >report.csv; rm rejects.csv
  $ verify m.json
  report report.csv: was changed since: sha256 was HASH, is HASH
  report rejects.csv: is not there
  $ cat report.csv; ls tmp
  mine
  $ rm report.csv; mkfifo report.csv; mkdir rejects.csv
  $ verify m.json
  report report.csv: is no file
  report rejects.csv: is no file
  $ rm report.csv; rmdir rejects.csv
  $ cp kept.csv report.csv; : >rejects.csv; sed -i 's/"status":0/"status":1/' m.json
  $ verify m.json
  report rejects.csv: was changed since: sha256 was HASH, is HASH
  audit: status was 1, is 0
  $ ofuku audit -q -o report.csv --rejects rejects.csv --manifest m.json call.jsonl packed.jsonl.gz talk.txt
  $ sed 's/"counts":{.*},/"counts":{},/; s/,"file":true,"sha256":"[0-9a-f]*"/,"file":true/' m.json >bare.json
  $ verify bare.json | head -n 4
  report report.csv: was changed since: sha256 was unknown, is HASH
  report rejects.csv: was changed since: sha256 was unknown, is HASH
  report exchanges: sha256 was unknown, is HASH
  report rejects: sha256 was unknown, is HASH
  $ verify bare.json | tail -n 2
  count: fail was unknown, is 0
  count: unknown was unknown, is 0

What differs:

  $ echo '{"role":"customer","start":20,"text":"訴えますよ"}' >>call.jsonl
  $ sed -i 's/"engine":"ofuku/"engine":"another/' m.json
  $ rm talk.txt
  $ ofuku verify m.json | sed 's/[0-9a-f]\{64\}/HASH/g; s/is ofuku.*/is OURS/'
  ofuku verify: talk.txt: No such file or directory: check the path and its permissions
  program: engine was another 0.1.0; ICU 72.1; PCRE2 10.42, is OURS
  input call.jsonl: sha256 was HASH, is HASH
  input call.jsonl: bytes was 232, is 288
  input call.jsonl: records was 2, is 3
  input talk.txt: is missing
  report exchanges: sha256 was HASH, is HASH
  report exchanges: bytes was 610, is 614
  count: read was 6, is 5
  count: audited was 6, is 5
  count: conversations was 3, is 2
  audit: status was 0, is 2
  $ ofuku verify -q first.json >/dev/null
  ofuku verify: talk.txt: No such file or directory: check the path and its permissions
  [1]

Standard output, a folder, the page, standard input:

  $ printf '担当 佐藤: はい\nお客様: はい\n' >talk.txt
  $ ofuku audit -q --manifest s.json call.jsonl >printed.csv
  $ sha256sum <printed.csv | cut -c1-64 | grep -c "$(jq -r '.reports[0].sha256' s.json)"
  1
  $ ofuku verify -q s.json
  $ ofuku audit -q -O out --html page.html --manifest o.json call.jsonl
  $ jq -r '.reports[].path' o.json
  out/exchanges.csv
  out/findings.csv
  out/log.csv
  out/conversations.csv
  out/agents.csv
  page.html
  $ jq -r '.reports[] | "\(.sha256)  \(.path)"' o.json | sha256sum -c --quiet
  $ ofuku verify o.json
  ofuku: o.json: repeated, nothing differs
  $ ofuku audit -q --html only.html --manifest h.json call.jsonl
  $ ofuku verify -q h.json
  $ ofuku audit -q -o r.csv --manifest i.json <call.jsonl
  $ ofuku verify -q i.json <call.jsonl
  $ head -n 1 call.jsonl | ofuku verify -q i.json | sed 's/[0-9a-f]\{64\}/HASH/g'
  input -: sha256 was HASH, is HASH
  input -: bytes was 288, is 81
  input -: records was 3, is 1
  report exchanges: sha256 was HASH, is HASH
  report exchanges: bytes was 422, is 462
  count: read was 3, is 1
  count: audited was 3, is 1
  count: pass was 1, is 0
  count: unknown was 0, is 1
  audit: status was 0, is 1
  $ ofuku audit -q --manifest p.json <call.jsonl >printed.csv
  $ jq -r '.inputs[0].sha256, .reports[0].sha256' p.json >sums
  $ sha256sum call.jsonl printed.csv | cut -c1-64 | cmp - sums
  $ ofuku verify -q p.json <call.jsonl
  $ ofuku audit -q -o /dev/stdout --manifest p.json call.jsonl >printed.csv
  $ jq -c '.reports[] | [.path, .file]' p.json
  ["/dev/stdout",false]
  $ ofuku verify -q p.json
  $ ofuku audit -q -o r.csv --manifest twice.json - - <call.jsonl
  ofuku audit: -:1:1: no utterance: the input is empty
  [2]
  $ ofuku verify -q twice.json <call.jsonl
  ofuku verify: -:1:1: no utterance: the input is empty
  $ ofuku audit -q --output-format xlsx -O books --rejects rejects.xlsx --manifest x.json call.jsonl
  $ jq -c '.reports[] | [.report, .path, .file]' x.json
  ["reports","books/reports.xlsx",true]
  ["rejects","rejects.xlsx",true]
  $ jq -r '.reports[] | "\(.sha256)  \(.path)"' x.json | sha256sum -c --quiet
  $ ofuku verify -q x.json
  $ echo >>books/reports.xlsx; ofuku verify x.json | cut -c1-45
  report books/reports.xlsx: was changed since:
  $ ofuku audit -q --output-format xlsx -o book.xlsx --html page.html --manifest x.json call.jsonl
  $ jq -c '.reports[] | [.report, .path]' x.json
  ["exchanges","book.xlsx"]
  ["page","page.html"]
  $ ofuku verify -q x.json

What --fresh and --expect said, said again, whenever it is:

  $ echo '{"role":"customer","at":"2026-10-01T10:00:00+09:00","text":"はい"}' >old.jsonl
  $ ofuku audit -q --fresh 1h --expect 2 -o old.csv --manifest old.json old.jsonl 2>/dev/null
  [2]
  $ ofuku verify old.json 2>&1 | sed 's/[0-9]* hours/N hours/'
  ofuku verify: --expect 2: only 1 conversation audited: see whether the export is complete
  ofuku verify: --fresh 1h: the newest utterance is of 2026-10-01T10:00:00+09:00, more than N hours ago: see whether the export goes on
  ofuku: old.json: repeated, nothing differs
  $ OFUKU_NOW=2026-10-01T10:30:00.5+09:00 ofuku audit -q --fresh 1h -o old.csv --manifest old.json old.jsonl
  $ jq -r .now old.json
  2026-10-01T01:30:00.500Z
  $ ofuku verify -q old.json

A manifest that cannot be written is said before the reports are:

  $ ofuku audit -q -o early.csv --manifest no/m.json call.jsonl
  ofuku audit: no/m.json: cannot create a file in its folder: No such file or directory
  [2]
  $ ls early.csv
  ls: cannot access 'early.csv': No such file or directory
  [2]

Encodings, masks and pseudonyms are repeated, too:

  $ printf 'a key that nobody else has: 17\n' >key; chmod 600 key
  $ ofuku audit -q --output-encoding CP932 --redact --pseudonymize key -o sj.csv --manifest k.json call.jsonl
  $ jq -r '.reports[] | "\(.sha256)  \(.path)"' k.json | sha256sum -c
  sj.csv: OK
  $ ofuku verify -q k.json
  $ jq -r .key k.json
  sqqs46gi4rwh3vsn
  $ cp key other; printf 'and another key that nobody has\n' >key; ofuku verify k.json | cut -d ' ' -f 1-3,5 | head -n 1
  pseudonyms: key was is

Names that are no UTF-8, and control characters in them:

  $ odd=$(printf '\377\376'); nl=$(printf 'a\nb')
  $ cp call.jsonl "$odd.jsonl"; cp call.jsonl "$nl.jsonl"; cp call.jsonl '\xFF\xFE.jsonl'
  $ echo '{"role":"agent","text":"はい"}' >>"$odd.jsonl"
  $ ofuku audit -q -o "$odd.csv" --rejects "$nl.csv" --manifest "$odd.json" "$odd.jsonl" "$nl.jsonl"
  $ iconv -f UTF-8 "$odd.json" | jq -c '.arguments, (.inputs[], .reports[] | .path)'
  ["-q","-o",{"hex":"fffe2e637376"},"--rejects","a\nb.csv","--manifest",{"hex":"fffe2e6a736f6e"},{"hex":"fffe2e6a736f6e6c"},"a\nb.jsonl"]
  {"hex":"fffe2e6a736f6e6c"}
  "a\nb.jsonl"
  {"hex":"fffe2e637376"}
  "a\nb.csv"
  $ ofuku verify -q "$odd.json"
  $ rm "$odd.csv" "$nl.csv"; echo >>"$odd.jsonl"
  $ verify "$odd.json"
  report \xFF\xFE.csv: is not there
  report a\x0Ab.csv: is not there
  input \xFF\xFE.jsonl: sha256 was HASH, is HASH
  input \xFF\xFE.jsonl: bytes was 321, is 322
  $ for hex in f fg FF 2d00; do echo "{\"manifest\":1,\"arguments\":[{\"hex\":\"$hex\"}]}" >none.json; ofuku verify none.json; done
  ofuku verify: none.json: no manifest: name a file that audit --manifest wrote
  ofuku verify: none.json: no manifest: name a file that audit --manifest wrote
  ofuku verify: none.json: no manifest: name a file that audit --manifest wrote
  ofuku verify: none.json: no manifest: name a file that audit --manifest wrote
  [2]

What is none:

  $ ofuku verify call.jsonl
  ofuku verify: call.jsonl: no manifest: name a file that audit --manifest wrote
  [2]
  $ for m in '{"manifest":1}' '{"manifest":1,"arguments":"-q"}' '{"manifest":1,"arguments":[1]}' '{"manifest":2,"arguments":[]}'; do echo "$m" >none.json; ofuku verify none.json; done
  ofuku verify: none.json: no manifest: name a file that audit --manifest wrote
  ofuku verify: none.json: no manifest: name a file that audit --manifest wrote
  ofuku verify: none.json: no manifest: name a file that audit --manifest wrote
  ofuku verify: none.json: no manifest: name a file that audit --manifest wrote
  [2]
  $ ofuku verify missing.json
  ofuku verify: missing.json: No such file or directory
  [2]
  $ ofuku verify
  ofuku verify: which manifest?
  Try: ofuku verify --help
  [2]
  $ mkdir elsewhere; cd elsewhere; ofuku verify -q ../s.json >/dev/null
  ofuku verify: call.jsonl: No such file or directory: check the path and its permissions
  [1]

A manifest in the folder of the reports, which is made for both:

  $ echo '{"role":"customer","text":"訴えます"}' >one.jsonl
  $ ofuku audit -q --fail-on=never -O made --manifest made/m.json one.jsonl
  $ ls made
  agents.csv
  conversations.csv
  exchanges.csv
  findings.csv
  log.csv
  m.json
  $ ofuku verify made/m.json
  ofuku: made/m.json: repeated, nothing differs

What an audit wrote into the folder that it read is no input of it:

  $ mkdir own && cp call.jsonl own 2>/dev/null || cp "$OFUKU_ROOT/testdata/demo/recordings.jsonl" own
  $ ofuku audit -q -O own/reports --html=own/page.html --rejects=own/rejects.csv --manifest=own/m.json own
  [1]
  $ ofuku verify own/m.json
  ofuku: own/m.json: repeated, nothing differs
  $ cp own/*.jsonl own/more.jsonl
  $ ofuku verify -q own/m.json | sed 's/count.*//; s/report [a-z]*:.*//' | grep .
  input own/more.jsonl: was not there
