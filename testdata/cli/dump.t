ofuku dump: what a stage hands to the next.

  $ ofuku dump --list-stages
  records         what a reader hands on
  utterances      conversations in order, roles and backchannels known
  turns           turns with the passages they are read as
  hits            each hit of a pattern, with the alternative that matched
  exchanges       exchanges with all measures
  $ ofuku dump
  ofuku dump: which stage? --list-stages lists them, --stage=NAME chooses one
  Try: ofuku dump --help
  [2]
  $ ofuku dump --stage=turn x
  ofuku dump: --stage: unknown name "turn": did you mean turns?
  Try: ofuku dump --help
  [2]
  $ cat >a.txt <<EOT
  > 担当: お電話ありがとうございます
  > お客様: 訴えますよ
  > 担当: はい
  > 担当: お客様のお気持ちにご無理を言うわけにもまいりませんので、お任せいたします
  > EOT
  $ ofuku dump --stage=records a.txt | head -n 2
  {"source":"a.txt","line":1,"byte":0,"format":"text","conversation":null,"speaker":"担当","role":null,"start":null,"end":null,"text":"お電話ありがとうございます"}
  {"source":"a.txt","line":2,"byte":48,"format":"text","conversation":null,"speaker":"お客様","role":null,"start":null,"end":null,"text":"訴えますよ"}
  $ ofuku dump --stage=utterances a.txt | jq -c '[.line, .role, .backchannel, .text]'
  [1,"agent",0,"お電話ありがとうございます"]
  [2,"customer",0,"訴えますよ"]
  [3,"agent",1,"はい"]
  [4,"agent",0,"お客様のお気持ちにご無理を言うわけにもまいりませんので、お任せいたします"]
  $ ofuku dump --stage=turns a.txt | jq -c '[.policy, .turn, .role, .utterances]'
  ["kasuhara",1,"agent",1]
  ["kasuhara",2,"customer",1]
  ["kasuhara",3,"agent",1]
  $ ofuku dump --stage=hits a.txt | jq -c '[.turn, .pattern, .text]'
  [2,"sue","訴えます"]
  $ ofuku dump --stage=exchanges a.txt | jq -c '[.conversation, .exchange]'
  ["a",1]

Every line is JSON:

  $ for s in $(ofuku dump --list-stages | cut -d ' ' -f 1); do
  > ofuku dump --stage=$s a.txt | jq -e . >/dev/null || echo "$s"; done

A reader that leaves early, a full disk, no input:

  $ ofuku dump --stage=records a.txt | true
  $ ofuku dump --stage=records a.txt >/dev/full
  ofuku dump: standard output: cannot write: No space left on device
  [2]
  $ ofuku dump --stage=records nowhere.txt
  ofuku dump: nowhere.txt: No such file or directory: check the path and its permissions
  [2]

The example of the manual:

  $ printf '%s\n' '担当: はい' 'お客様: 訴えます' |
  > ofuku dump --stage=utterances | jq -r '[.speaker, .role] | @tsv'
  担当	agent
  お客様	customer
