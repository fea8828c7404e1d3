Settings of a site.

  $ mkdir -p conf/ofuku; export XDG_CONFIG_HOME=$PWD/conf
  $ cat >c.csv <<EOT
  > 整理記号,氏名,日時,伝文
  > 1,受付 山田,2026-10-01 10:00,はい。
  > 1,鈴木,2026-10-01 10:01,訴えます。
  > EOT
  $ ofuku audit -q c.csv 2>&1 | grep -o 'no known transcript format'
  no known transcript format
  $ cat >conf/ofuku/config.yaml <<EOT
  > ofuku: 1
  > agent: [担当, 受付]
  > map: {conversation: 整理記号, text: 伝文}
  > EOT
  $ ofuku audit -o with.csv c.csv
  ofuku audit: settings of */conf/ofuku/config.yaml (glob)
  ofuku: 1 conversation, 2 utterances: 1 exchange, 0 pass, 0 fail, 1 unknown
  [1]
  $ cut -d, -f5-8,23 with.csv
  conversation,exchange,agent,customer,verdict
  1,1,受付 山田,鈴木,unknown

The same by name, by HOME, with a pattern for the list, and by options: only
what the settings say counts in the hash.

  $ ofuku audit -q --config=conf/ofuku/config.yaml c.csv | cmp - with.csv
  $ mkdir .config; cp -r conf/ofuku .config
  $ env -u XDG_CONFIG_HOME HOME=$PWD ofuku audit -q c.csv | cmp - with.csv
  $ ofuku audit -q --config= --map=conversation=整理記号,text=伝文 '--agent=(?:担当)|(?:受付)' c.csv >without.csv
  [1]
  $ cut -d, -f2 --complement with.csv >a; cut -d, -f2 --complement without.csv | cmp - a
  $ hash() { sed -n 2p "$1" | cut -d, -f2; }
  $ test $(hash with.csv) != $(hash without.csv)
  $ ofuku audit -q --map=conversation=整理記号,text=伝文 '--agent=受付' c.csv >options.csv
  [1]
  $ test $(hash options.csv) = $(hash without.csv)

A byte order mark, as editors of Windows write it, is nothing:

  $ (printf '\357\273\277'; cat conf/ofuku/config.yaml) >mark.yaml
  $ ofuku audit -q --config=mark.yaml c.csv | cmp - with.csv

Ad hoc, too; what a command does not take is left alone:

  $ ofuku grep -c --role=agent はい c.csv
  ofuku grep: settings of */conf/ofuku/config.yaml (glob)
  1
  $ ofuku summarize -q --by=agent with.csv | cut -d, -f3-4
  agent,exchanges
  受付 山田,1

Rules stand beside the settings, but not before those that are named:

  $ printf 'ofuku: 1\npolicy: own\nuses: [ja]\n' >conf/ofuku/own.yaml
  $ printf 'ofuku: 1\npolicy: named\nuses: [ja]\n' >named.yaml
  $ echo 'rules: own.yaml' >>conf/ofuku/config.yaml
  $ ofuku rules list -q; ofuku rules list -q named.yaml; ofuku rules list -q --rules=named.yaml
  policy	own	
  policy	named	
  policy	named	
  $ OFUKU_RULES=named.yaml ofuku rules list -q
  policy	named	
  $ ofuku rules check -q named.yaml
  named.yaml: warning: the policy has no checks: everything passes

A manifest holds them, whatever becomes of the file:

  $ ofuku audit -q -o m.csv --manifest=m.json c.csv; ofuku audit -q --config= -o none.csv --manifest=none.json --map=text=4 c.csv
  [1]
  $ jq -r '.rule_files[-1].path, .arguments[0], .settings.path' m.json
  */conf/ofuku/config.yaml (glob)
  --rules=*/conf/ofuku/own.yaml (glob)
  */conf/ofuku/config.yaml (glob)
  $ jq -c '.settings.options[]' m.json
  {"name":"rules","value":"*/conf/ofuku/own.yaml"} (glob)
  {"name":"agent","value":"(?:担当)|(?:受付)"}
  {"name":"map","value":"conversation=整理記号"}
  {"name":"map","value":"text=伝文"}
  $ ofuku verify m.json; ofuku verify none.json
  ofuku: m.json: repeated, nothing differs
  ofuku: none.json: repeated, nothing differs
  $ mv conf/ofuku/config.yaml kept.yaml
  $ ofuku verify m.json; OFUKU_RULES=named.yaml ofuku verify m.json
  ofuku: m.json: repeated, nothing differs
  ofuku: m.json: repeated, nothing differs
  $ echo 'lang: ja' >>kept.yaml; echo 'no-header: true' >>kept.yaml; sed -i 1d c.csv
  $ sed -i 's/^map.*/map: {conversation: 1, text: 4}/; s,: own,: conf/ofuku/own,' kept.yaml
  $ ofuku audit -q --config=kept.yaml -o ja.csv --manifest=ja.json c.csv
  $ rm kept.yaml
  $ printf 'ofuku: 1\nagent: 鈴木\nlang: en\n' >conf/ofuku/config.yaml
  $ ofuku verify ja.json
  ofuku: ja.json: repeated, nothing differs
  $ sed 's/"value":"ja"/"value":"jp"/' ja.json >jp.json; ofuku verify jp.json
  ofuku verify: --lang: unknown name "jp": did you mean ja?
  Try: ofuku verify --help
  ofuku verify: jp.json: its audit could not be repeated: run it in the folder in which it ran, with its inputs and rules
  [2]
  $ sed 's/"name":"lang","value":"ja"/"name":"tz"/' ja.json >tz.json; ofuku verify -q tz.json | cut -c1-24
  report exchanges: sha256
  report exchanges: bytes 

The same of rules that the environment names, or empty, forbids:

  $ OFUKU_RULES=named.yaml:conf/ofuku/own.yaml ofuku audit -q --config= --map=text=4 -o e.csv --manifest=e.json c.csv
  $ jq -c .arguments[:2] e.json
  ["--rules=named.yaml","--rules=conf/ofuku/own.yaml"]
  $ ofuku verify e.json; OFUKU_RULES=named.yaml ofuku verify e.json
  ofuku: e.json: repeated, nothing differs
  ofuku: e.json: repeated, nothing differs
  $ echo 'rules: own.yaml' >>conf/ofuku/config.yaml
  $ OFUKU_RULES= ofuku audit -q --map=text=4 -o e.csv --manifest=e.json c.csv
  [1]
  $ jq -c .rule_files[0].path e.json
  "builtin:kasuhara.yaml"
  $ ofuku verify e.json
  ofuku: e.json: repeated, nothing differs

Every kind of value:

  $ cat >all.yaml <<EOT
  > ofuku: 1
  > rules: []
  > agent: '('
  > customer: {a: b}
  > map: {texxt: 伝文, speaker: [a]}
  > format: csvv
  > encoding: ''
  > delimiter: ab
  > no-header: maybe
  > exclude: {}
  > ids: files
  > tz: []
  > lang: jp
  > redacted: true
  > EOT
  $ ofuku audit --config=all.yaml c.csv
  all.yaml:2:8: the list is empty
  all.yaml:4:11: expected a text, found a mapping
  all.yaml:5:7: unknown key of map "texxt"; did you mean "text"?
  all.yaml:5:27: expected a text, found a list
  all.yaml:6:9: unknown format "csvv"; did you mean "csv"?
  all.yaml:7:11: expected a text, found nothing
  all.yaml:8:12: a delimiter is one ASCII character, comma, tab or semicolon
  all.yaml:9:12: expected true or false, found "maybe"
  all.yaml:10:10: expected a text, found a mapping
  all.yaml:11:6: unknown scope of ids (content, file) "files"; did you mean "file"?
  all.yaml:12:5: expected a text, found a list
  all.yaml:13:7: unknown language (en, ja) "jp"; did you mean "ja"?
  all.yaml:14:1: unknown key of a settings file "redacted"
  ofuku audit: 13 mistakes in the settings
  [2]
  $ cat >all.yaml <<EOT
  > ofuku: 1
  > agent: 受付
  > map: [conversation=1, text=4]
  > format: csv
  > encoding: UTF-8
  > delimiter: comma
  > no-header: true
  > exclude: ['*.tmp', '*.bak']
  > ids: file
  > tz: Asia/Tokyo
  > lang: ja
  > EOT
  $ mkdir in; tail -n 2 c.csv >in/c.csv; cp in/c.csv in/c.bak
  $ ofuku audit --config=all.yaml in | cut -d, -f4,5,23
  ofuku audit: settings of all.yaml
  ofuku: 1 conversation, 2 utterances: 0 exchanges, 1 doubtful, 0 pass, 0 fail, 1 unknown
  ファイル,会話ID,判定
  in/c.csv,1,判定不能
  $ ofuku audit --config=nowhere.yaml c.csv
  nowhere.yaml: cannot be read: No such file or directory
  ofuku audit: 1 mistake in the settings
  [2]
  $ : >empty.yaml; ofuku audit --config=empty.yaml c.csv
  empty.yaml: no settings: write ofuku: 1, and options
  ofuku audit: 1 mistake in the settings
  [2]
