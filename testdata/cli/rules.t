ofuku rules: check, test, list, show, init.

  $ ofuku rules check
  $ ofuku rules test 2>&1 | sed 's/[0-9][0-9]* examples/N examples/'
  ofuku: N examples, 0 fail
  $ ofuku rules list | cut -f 1 | sort -u
  check
  pattern
  phrase
  policy
  $ ofuku rules list | grep ^policy
  policy	kasuhara	「訴える」「ネットに書く」と言われたときの応対
  $ ofuku rules list | grep '^check.*too-'
  check	too-many-repetitions	error	repetitions max 3
  check	too-many-round-trips	error	round_trips max 3
  check	too-long	error	duration max 1200s
  $ ofuku rules show entrust | head -n 4
  phrase	entrust
  by	agent
  say	お客様のお気持にご無理を言うわけにもまいりませんので、お任せいたします
  folded	おきゃくさまのおきもちにごむりをいうわけにもまいりませんのでおまかせいたします	39 code points, up to 7 edits count
  $ ofuku rules show lawyr
  ofuku rules show: no pattern or phrase "lawyr", did you mean lawyer?: `ofuku rules list` names them
  [2]
  $ ofuku rules show
  ofuku rules show: which id? "ofuku rules list" lists them
  Try: ofuku rules show --help
  [2]

Every mistake, with its place:

  $ cat >wrong.yaml <<EOT
  > ofuku: 1
  > policy: x
  > phrases:
  >   p: {by: agent, say: お任せいたします, tolerance: 2}
  > patterns:
  >   q: {by: custmer, any: ['(']}
  > exchange: {opens_on: [r], answered_by: p}
  > EOT
  $ ofuku rules check wrong.yaml
  wrong.yaml:4:44: "2" has no %: write 2%
  wrong.yaml:6:11: unknown role (agent, customer) "custmer"; did you mean "customer"?
  wrong.yaml:6:26: missing closing parenthesis (at character 2 of the pattern)
  wrong.yaml:7:23: unknown pattern "r"
  ofuku rules check: 4 mistakes in the rules
  [3]
  $ ofuku rules check nowhere.yaml
  nowhere.yaml: cannot be read: No such file or directory
  ofuku rules check: 1 mistake in the rules
  [3]

A policy of one's own, from the one in the program:

  $ ofuku rules init -o ours.yaml
  ofuku: wrote ours.yaml: edit it, then audit with --rules=ours.yaml
  $ ofuku rules init -o ours.yaml
  ofuku rules init: ours.yaml: is there already: --force overwrites it, -o FILE writes elsewhere
  [2]
  $ ofuku rules init -qf -o ours.yaml
  $ ofuku rules init -o - | cmp - ours.yaml
  $ cmp ours.yaml "$OFUKU_ROOT/rules/kasuhara.yaml"
  $ ofuku rules init -q && ofuku rules init -q ja.yaml && ls
  ja.yaml
  kasuhara.yaml
  ours.yaml
  wrong.yaml
  $ ofuku rules init no.yaml
  ofuku rules init: no such file in the program: no.yaml (there are kasuhara.yaml and ja.yaml)
  Try: ofuku rules init --help
  [2]
  $ ofuku rules init -o /dev/full -f
  ofuku rules init: /dev/full: cannot write: No space left on device
  [2]
  $ ofuku rules check ours.yaml
  $ ofuku rules test -q ours.yaml

An example that does not do what it should:

  $ cat >small.yaml <<EOT
  > ofuku: 1
  > policy: small
  > phrases:
  >   thanks:
  >     by: agent
  >     say: ありがとうございます
  > patterns:
  >   sue:
  >     by: customer
  >     any: ['訴え(ます|るぞ)']
  >     examples: {hit: [訴えますよ, 訴状を出します], miss: [痛みを訴える]}
  > exchange: {opens_on: [sue], answered_by: thanks}
  > checks:
  >   too-late: {measure: duration, max: 90s, severity: error, message: '{measured} > {limit}'}
  > EOT
  $ ofuku rules test small.yaml
  small.yaml:11:29: sue: is to be hit and is not: 訴状を出します
      plain: 訴状を出します
  ofuku: 3 examples, 1 fail
  [1]
  $ OFUKU_RULES=small.yaml ofuku rules list
  policy	small	
  phrase	thanks	agent	ありがとうございます
  pattern	sue	customer	1 alternatives
  check	too-late	error	duration max 90s
  $ ofuku rules list --rules=small.yaml | wc -l
  4
