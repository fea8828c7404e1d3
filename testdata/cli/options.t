Options and operands: what every command has in common.

A file that Excel would not open is not written:

  $ ofuku audit -o report.xlsx x
  ofuku audit: -o report.xlsx: Excel would not open it as csv: a workbook wants --output-format=xlsx
  Try: ofuku audit --help
  [2]
  $ ofuku summarize --output-format=tsv -o report.XLSX x
  ofuku summarize: -o report.XLSX: Excel would not open it as tsv: a workbook wants --output-format=xlsx
  Try: ofuku summarize --help
  [2]

Nothing is between two times of which the later one stands first:

  $ echo '{"role":"agent","at":"2026-10-01T10:00:00","text":"はい"}' >day.jsonl
  $ ofuku audit -q --since=2026-10-02 --until=2026-10-01 day.jsonl
  ofuku audit: --since 2026-10-02 is not before --until 2026-10-01: nothing is between them
  [2]
  $ ofuku audit -q --since=2026-10-01 --until=2026-10-01 -o /dev/null day.jsonl

A format that was named wrongly is said where no record could be read:

  $ printf '通話ID,発話\n1,はい\n' >calls.csv
  $ ofuku audit -o /dev/null --format=jsonl calls.csv 2>&1 | grep note
  note: no record could be read as jsonl: without --format, or format in the settings, it is found out
  $ ofuku grep --format=jsonl x calls.csv 2>&1 | grep -c 'note: no record'
  1
  $ ofuku audit -o /dev/null --format=csv calls.csv
  ofuku: 1 conversation, 1 utterance: 0 exchanges, 0 pass, 0 fail, 0 unknown

An encoding that was named wrongly is said where nothing can be read:

  $ printf '\222\312\230b,\224\255\230b\n1,\202\315\202\242\n' >sjis.csv
  $ ofuku audit -o /dev/null --encoding=UTF-8 sjis.csv 2>&1 | grep -o 'when it[^;]*'
  when it is read as UTF-8: --encoding=auto finds its own

An option that is not there gets a suggestion, and nothing is abbreviated:

  $ ofuku audit --formt=csv
  ofuku audit: unknown option --formt: did you mean --format?
  Try: ofuku audit --help
  [2]
  $ ofuku audit --forma=csv x
  ofuku audit: unknown option --forma: did you mean --format?
  Try: ofuku audit --help
  [2]
  $ ofuku audit --xyzzy
  ofuku audit: unknown option --xyzzy
  Try: ofuku audit --help
  [2]
  $ ofuku audit -qvZ
  ofuku audit: unknown option -Z
  Try: ofuku audit --help
  [2]

So does a command:

  $ ofuku adit
  ofuku: unknown command "adit": did you mean audit?
  Try: ofuku --help
  [2]
  $ ofuku rules chek
  ofuku rules: unknown command "chek": did you mean check?
  Try: ofuku rules --help
  [2]
  $ ofuku rules
  ofuku rules: which command?
  Try: ofuku rules --help
  [2]
  $ ofuku --frobnicate
  ofuku: unknown option --frobnicate: a command comes first
  Try: ofuku --help
  [2]

Values that are missing, not wanted or wrong:

  $ ofuku audit --report
  ofuku audit: --report wants a value: NAME
  Try: ofuku audit --help
  [2]
  $ ofuku audit --report=exchange
  ofuku audit: --report: unknown name "exchange": did you mean exchanges?
  Try: ofuku audit --help
  [2]
  $ ofuku audit --excel=yes
  ofuku audit: --excel takes no value
  Try: ofuku audit --help
  [2]
  $ ofuku audit --fail-on errors
  ofuku audit: --fail-on: unknown name "errors": did you mean error?
  Try: ofuku audit --help
  [2]
  $ ofuku audit --output-format=xls
  ofuku audit: --output-format: unknown name "xls": did you mean xlsx?
  Try: ofuku audit --help
  [2]
  $ for n in -1 1x 101% % ' 1' 99999999999999999999; do
  > ofuku audit --max-rejects="$n" 2>&1 | head -n 1; done
  ofuku audit: --max-rejects wants N|N%, not "-1": write 20, or 0.5% of the records
  ofuku audit: --max-rejects wants N|N%, not "1x": write 20, or 0.5% of the records
  ofuku audit: --max-rejects wants N|N%, not "101%": write 20, or 0.5% of the records
  ofuku audit: --max-rejects wants N|N%, not "%": write 20, or 0.5% of the records
  ofuku audit: --max-rejects wants N|N%, not " 1": write 20, or 0.5% of the records
  ofuku audit: --max-rejects wants N|N%, not "99999999999999999999": write 20, or 0.5% of the records
  $ ofuku audit --delimiter='||'
  ofuku audit: --delimiter wants CHAR, not "||": write comma, tab, semicolon or an ASCII character
  Try: ofuku audit --help
  [2]

Options that contradict one another:

  $ ofuku audit -o a.csv -O reports x
  ofuku audit: --output and --output-dir exclude each other
  Try: ofuku audit --help
  [2]
  $ ofuku audit --report=log -O reports x
  ofuku audit: --output-dir writes every report: leave out --report
  Try: ofuku audit --help
  [2]
  $ ofuku audit --report log --report findings -o x.csv x
  ofuku audit: --report is given twice: a run writes one report; --output-dir writes every one
  Try: ofuku audit --help
  [2]
  $ ofuku audit -o a.csv --output=b.csv x
  ofuku audit: --output is given twice: a run writes one file
  Try: ofuku audit --help
  [2]
  $ ofuku audit --excel --output-format=jsonl x
  ofuku audit: --excel is for csv and tsv
  Try: ofuku audit --help
  [2]
  $ ofuku segment -t text file
  ofuku segment: --text and files exclude each other
  Try: ofuku segment --help
  [2]

Behind -- everything is an operand, and options may stand behind operands:

  $ ofuku audit -- --help >/dev/null
  ofuku audit: --help: No such file or directory: check the path and its permissions
  ofuku: 0 conversations, 0 utterances: 0 exchanges, 0 pass, 0 fail, 0 unknown
  [2]
  $ ofuku audit nowhere -q >/dev/null
  ofuku audit: nowhere: No such file or directory: check the path and its permissions
  [2]

Nothing to read on a terminal:

  $ script -qec 'ofuku audit' /dev/null </dev/null | tr -d '\r'
  ofuku audit: no file given, and standard input is a terminal: name a file or a folder, or pipe a transcript in
  Try: ofuku audit --help
