What can be read, and what is said where something cannot.

How long a record and a document may be:

  $ j() { printf '{"text":"%0*d"}\n' "$1" 7; }
  $ { j 20; j 2000; } >long.jsonl
  $ ofuku convert -q --max-record=1K long.jsonl
  ofuku convert: long.jsonl:2: the line is longer than 1024 bytes: --max-record raises the limit
  {"conversation":"long","text":"00000000000000000007"}
  [2]
  $ ofuku convert -q --max-record=1M long.jsonl | wc -l
  2
  $ { echo WEBVTT; echo; echo '00:01.000 --> 00:02.000'; yes 窓口: はい | head -n 99; } >long.vtt
  $ ofuku grep --max-record=1k はい long.vtt
  ofuku grep: long.vtt:73: the utterance that this line goes on with is longer than 1024 bytes: --max-record raises the limit
  [2]
  $ { printf '話者,内容\n'; printf '客,"%01200d\n' 7; printf '客,一\n'; } >long.csv
  $ ofuku convert -q --max-record=1K --to=txt long.csv
  ofuku convert: long.csv:2: the line is longer than 1024 bytes: --max-record raises the limit
  [2]
  $ { printf '話者,内容\n'; printf '客,"一\n'; yes "$(printf '%0500d' 7)" | head -n 9; printf '客,二\n'; } >quote.csv
  $ ofuku convert -q --max-record=1K --to=txt quote.csv
  quote.csv:2: the quote opened in line 2 is not closed within the limit of --max-record; lines 2 to 11 are lost
  \xe5\xae\xa2: \xe4\xba\x8c (esc)
  [2]
  $ { echo '['; j 2000; echo ']'; } >long.json
  $ ofuku dump --stage=records --max-document=2000 long.json
  ofuku dump: long.json:1: the document is longer than 2000 bytes: --max-document raises the limit, or split it, or write it as JSON Lines
  [2]
  $ ofuku dump --stage=records --max-document=2K long.json | wc -l
  1
  $ ofuku audit -q --max-document=4G long.json | wc -l
  1
  $ ofuku audit --max-document=5G long.json
  ofuku audit: --max-document: a document that is read whole has at most 4G: split it, or write it as JSON Lines
  ofuku: 0 conversations, 0 utterances: 0 exchanges, 0 pass, 0 fail, 0 unknown
  [2]
  $ for n in 0 1T -1 K 1KB 99999999999999999999 18446744073709551615 20000000000G ''; do
  > ofuku audit --max-record="$n" 2>&1 | head -n 1; done
  ofuku audit: --max-record wants SIZE, not "0": write 512M; K, M and G are powers of 1024
  ofuku audit: --max-record wants SIZE, not "1T": write 512M; K, M and G are powers of 1024
  ofuku audit: --max-record wants SIZE, not "-1": write 512M; K, M and G are powers of 1024
  ofuku audit: --max-record wants SIZE, not "K": write 512M; K, M and G are powers of 1024
  ofuku audit: --max-record wants SIZE, not "1KB": write 512M; K, M and G are powers of 1024
  ofuku audit: --max-record wants SIZE, not "99999999999999999999": write 512M; K, M and G are powers of 1024
  ofuku audit: --max-record wants SIZE, not "18446744073709551615": write 512M; K, M and G are powers of 1024
  ofuku audit: --max-record wants SIZE, not "20000000000G": write 512M; K, M and G are powers of 1024
  ofuku audit: --max-record wants SIZE, not "": write 512M; K, M and G are powers of 1024

A Slack export is read as a folder: users have names, a channel is one
conversation over its days, and the lists beside the channels are no records:

  $ ofuku audit -q --report=conversations --stats --output-format=jsonl \
  >   "$OFUKU_ROOT/testdata/formats/slack/folder.export" 2>stats |
  >   jq -c '[.conversation, .format, .agent, .customer, .utterances]'
  ["D500","slack",["U999"],["\xe3\x81\x8a\xe5\xae\xa2\xe6\xa7\x98 \xe7\x94\xb0\xe4\xb8\xad"],3] (esc)
  ["C100","slack",["\xe7\xaa\x93\xe5\x8f\xa3 \xe4\xbd\x90\xe8\x97\xa4"],["\xe3\x81\x8a\xe5\xae\xa2\xe6\xa7\x98 \xe7\x94\xb0\xe4\xb8\xad"],3] (esc)
  $ cat stats
  records read 15 = audited 6 + skipped 9 + filtered 0 + rejected 0

The formats are those of formats.def: in the list, and in the manual, where each
has all that a reader asks for:

  $ sed -n 's/^X(\(.*\))$/\1/p' "$OFUKU_ROOT/lib/read/formats.def" >names
  $ ofuku audit --list-formats | cut -d ' ' -f 1 | diff names -
  $ ofuku audit --list-formats | awk 'NF < 3'
  $ manual=$OFUKU_ROOT/man/ofuku-formats.5
  $ sort names >sorted
  $ sed -n 's/^\.Ss //p' "$manual" | sort | diff sorted -
  $ for name in $(cat names); do
  > sed -n "/^\.Ss $name\$/,/^\.El/p" "$manual" >entry
  > for tag in recognised role conversation time resolution sample source; do
  > grep -A 1 "^\.It $tag\$" entry | grep -q '^[^.]\|^\.[LQP]' ||
  > echo "$name: no $tag"; done; done

The resolution that the manual states is what is found:

  $ for name in $(cat names); do
  > for file in "$OFUKU_ROOT/testdata/formats/$name"/typical.*; do
  > case $file in *.expected.*) continue ;; esac
  > r=$(ofuku audit -q --report=conversations --output-format=jsonl "$file" |
  >   jq -r '.resolution_s // "none"' | head -n 1)
  > sed -n "/^\.Ss $name\$/,/^\.El/p" "$manual" |
  >   sed -n '/^\.It resolution/{n;p;}' | grep -qE "(^|[ ])$r( s|\.)" ||
  >   echo "$name: $r"; done; done

Pages of an API are one conversation where they name one, and a page says that
more follow:

  $ sid=GT00000000000000000000000000000001
  $ page() { printf '{"meta":{"url":"https://x.example/v2/Transcripts/%s/Sentences?Page=%d","next_page_url":%s},\n"sentences":[{"media_channel":%d,"start_time":"%d","end_time":"%d.5","transcript":"%s"}]}\n' "$sid" "$@"; }
  $ mkdir pages && page 0 '"https://x.example/2"' 2 1 3 訴えますよ >pages/0.json
  $ page 1 null 1 4 5 お任せいたします >pages/1.json
  $ ofuku audit --report=conversations --output-format=jsonl pages 2>said |
  >   jq -c '[.source, .conversation, .utterances]'
  ["pages/0.json","GT00000000000000000000000000000001",2]
  $ grep note: said
  pages/0.json:1: note: a page of several (next_page_url): what is said on those that follow is judged only where they are given, too
