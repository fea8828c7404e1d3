JSON documents of contact centres and speech recognisers. The same conversation
in JSON Lines gives the same rows, but for the names of source and format:

  $ cd "$OFUKU_ROOT/testdata/formats"
  $ names="contactlens callanalytics transcribe whisper whispertsv googlestt
  > azurestt deepgram assemblyai genesys ccai amivoice twilio vonage"
  $ rows() { ofuku audit -q --report="$1" --output-format=jsonl "$2" |
  > sed 's/"source":"[^"]*"//; s/"format":"[^"]*"//; s/"line":[0-9]*//'; }
  $ for n in $names; do for r in exchanges log conversations agents; do
  > rows $r $n/twin.jsonl >"$CRAMTMP/want"
  > rows $r "$(ls $n/twin.json $n/twin.tsv 2>/dev/null)" >"$CRAMTMP/got"
  > cmp "$CRAMTMP/want" "$CRAMTMP/got" || echo "$n: $r"; done
  > echo "$(wc -l <"$CRAMTMP/want") $n"; done
  1 contactlens
  1 callanalytics
  1 transcribe
  1 whisper
  0 whispertsv
  1 googlestt
  1 azurestt
  1 deepgram
  1 assemblyai
  1 genesys
  1 ccai
  1 amivoice
  1 twilio
  1 vonage

Each is found by its content:

  $ cat contactlens/typical.json | ofuku audit -q --report=conversations - |
  > cut -d, -f4-10
  source,conversation,format,agent,customer,utterances,agent_turns
  -,9a2e3f1c-5b7d-4e8f-9a0b-1c2d3e4f5a6b,contactlens,AGENT,CUSTOMER,6,3

What is not whole is refused with its place, and exits with 2:

  $ for n in $names; do ofuku audit $n/broken.[jt]s* 2>&1 >/dev/null |
  > grep -v "^ofuku: "; done
  ofuku audit: contactlens/broken.json:69:32: not valid JSON (byte 1666): expected a key in double quotes, saw '/': JSON has no comments
  ofuku audit: callanalytics/broken.json:12:9: not valid JSON (byte 231): expected a value, saw '.'
  ofuku audit: transcribe/broken.json:4:3: not valid JSON (byte 52): expected , or } after a value, saw '"'
  ofuku audit: whisper/broken.json:12:20: not valid JSON (byte 241): expected a value, saw 'N': NaN is no number in JSON: write null
  whispertsv/broken.tsv:3: wanted start and end in milliseconds, and a text, with tabs between
  ofuku audit: googlestt/broken.json:323:3: not valid JSON (byte 8821): expected , or } after a value, saw '"'
  ofuku audit: azurestt/broken.json:84:26: not valid JSON (byte 2501): a control character in a string: write it as an escape (\n for a line break)
  ofuku audit: deepgram/broken.json:393:17: not valid JSON (byte 12227): the string that begins here is not closed
  ofuku audit: assemblyai/broken.json:6:25: not valid JSON (byte 185): expected a key in double quotes, saw ','
  ofuku audit: genesys/broken.json:25:26: not valid JSON (byte 735): expected a digit, saw ','
  ofuku audit: ccai/broken.json:16:9: not valid JSON (byte 428): expected a key in double quotes, saw '''
  ofuku audit: amivoice/broken.json:8:13: not valid JSON (byte 191): expected a value, saw 'c'
  ofuku audit: twilio/broken.json:95:1: not valid JSON (byte 2501): expected nothing more after the value, saw '}'
  ofuku audit: vonage/broken.json:2:3: not valid JSON (byte 4): expected a key in double quotes, saw 'v'
  $ ofuku audit -q deepgram/broken.json
  policy,rules,engine,source,conversation,exchange,agent,customer,opened_at,closed_at,closed_by,duration_s,triggers,presses,round_trips,repetitions,phrase_hits,near_misses,unanswered,first_reply_s,first_reply_turn,similarity,verdict,findings,evidence
  ofuku audit: deepgram/broken.json:393:17: not valid JSON (byte 12227): the string that begins here is not closed
  [2]

What is whole and holds a malformed utterance loses that one only:

  $ ofuku audit --stats amivoice/ugly.json
  policy,rules,engine,source,conversation,exchange,agent,customer,opened_at,closed_at,closed_by,duration_s,triggers,presses,round_trips,repetitions,phrase_hits,near_misses,unanswered,first_reply_s,first_reply_turn,similarity,verdict,findings,evidence
  amivoice/ugly.json:1: no "text"
  amivoice/ugly.json:1: "starttime" is a string: wanted a number
  amivoice/ugly.json:1: "written" is a number: wanted a string
  records read 8 = audited 4 + skipped 1 + filtered 0 + rejected 3
  ofuku: 1 conversation, 4 utterances: 0 exchanges, 0 pass, 0 fail, 0 unknown, 1 record skipped, 3 records rejected
  [2]
