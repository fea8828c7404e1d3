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

verify repeats it, and touches nothing that the audit wrote:

  $ echo mine >report.csv
  $ mkdir tmp; export TMPDIR=$PWD/tmp
  $ ofuku verify m.json
  ofuku: m.json: repeated, nothing differs
  $ cat report.csv; ls tmp
  mine

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

Encodings, masks and pseudonyms are repeated, too:

  $ printf 'a key that nobody else has: 17\n' >key; chmod 600 key
  $ ofuku audit -q --output-encoding CP932 --redact --pseudonymize key -o sj.csv --manifest k.json call.jsonl
  $ jq -r '.reports[] | "\(.sha256)  \(.path)"' k.json | sha256sum -c
  sj.csv: OK
  $ ofuku verify -q k.json

What is none:

  $ ofuku verify call.jsonl
  ofuku verify: call.jsonl: no manifest: name a file that audit --manifest wrote
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
