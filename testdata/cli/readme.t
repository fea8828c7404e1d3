The report in the README is what the demo prints:

  $ cd "$OFUKU_ROOT"
  $ sed -n '/^    conversation  exchange/,/^$/p' README.md | tr -s ' ' |
  > sed 's/^ //; /^$/d' >"$CRAMTMP/want"
  $ wc -l <"$CRAMTMP/want"
  6
  $ LC_ALL=C.UTF-8 sh .ci/demo "$(command -v ofuku)" 2>/dev/null |
  > sed -n '/^conversation /,/^$/p' | tr -s ' ' | sed 's/ $//; /^$/d' |
  > diff "$CRAMTMP/want" -

The guide for Excel: its CSV, saved as CP932 with CR LF, gives what it says:

  $ cd "$CRAMTMP"
  $ sed -n 's/^       \(通話ID,.*\)/\1/p; s/^       \(A-00.*\)/\1/p' "$OFUKU_ROOT/README.md" |
  > sed 's/$/\r/' | iconv -f UTF-8 -t CP932 >書き起こし.csv
  $ wc -l <書き起こし.csv
  7
  $ sed -n 's/^       \$ \(ofuku audit --excel.*\)/\1/p' "$OFUKU_ROOT/README.md" >run
  $ grep '^       ofuku: ' "$OFUKU_ROOT/README.md" | sed 's/^ *//' >want
  $ LC_ALL=C sh run 2>got; echo $?
  1
  $ diff want got
  $ head -c 3 報告.csv | od -An -tx1
   ef bb bf
  $ cut -d, -f5,23,24 報告.csv | tr -d '\r'
  conversation,verdict,findings
  A-001,pass,
  A-002,fail,phrase-missing;unanswered;dissuaded
  $ ofuku audit -q --excel --output-encoding=CP932 -o 旧.csv 書き起こし.csv
  [1]
  $ iconv -f CP932 -t UTF-8 旧.csv | cut -d, -f7 | sort -u
  agent
  担当 佐藤
  担当 鈴木

The questions in "Ask the archive" have the answers that stand there:

  $ cd "$OFUKU_ROOT"
  $ sed -n '/^## Ask the archive/,/^## Rules/p' README.md |
  > sed -n 's/^    //p' >"$CRAMTMP/asked"
  $ sed -n 's/^\$ //p' "$CRAMTMP/asked" >"$CRAMTMP/run"
  $ grep -c ofuku "$CRAMTMP/run"
  4
  $ grep -v '^\$ ' "$CRAMTMP/asked" >"$CRAMTMP/want"
  $ COLUMNS=80 sh "$CRAMTMP/run" 2>/dev/null | sed 's/ *$//' | diff "$CRAMTMP/want" -
