What is said of files that are no transcripts: what they are, as far as that is
known, how they begin, and what the nearest formats missed.

  $ said() { ofuku audit -q "$1" 2>&1 >/dev/null | sed 's/ jsonl: .*/ …/; s/; it begins.*…$/ …/'; }
  $ office() { python3 -c 'import sys, zipfile
  > with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as z:
  >     for n in "[Content_Types].xml", "_rels/.rels", sys.argv[2]: z.writestr(n, "<a/>" * 99)' "$1" "$2"; }
  $ office book.csv xl/workbook.xml
  $ office letter.txt word/document.xml
  $ office calls.jsonl calls.jsonl
  $ printf '\320\317\021\340\241\261\032\341\0\0' >old.xls
  $ printf '%%PDF-1.7\n%%\342\343\317\323\n1 0 obj\n' >a.pdf
  $ printf '\211PNG\r\n\032\n\0\0\0\rIHDR' >a.png
  $ printf 'ID3\004\0\0\0\0\0#TSSE' >a.mp3
  $ printf 'RIFF\044\010\0\0WAVEfmt \020\0\0\0' >a.wav
  $ printf 'SQLite format 3\0\020\0' >a.sqlite
  $ for f in book.csv letter.txt calls.jsonl old.xls a.pdf a.png a.mp3 a.wav a.sqlite; do
  > ofuku audit -q $f 2>&1 >/dev/null | sed 's/it begins "\(.\{6\}\).*"; /it begins "\1…"; /'; done
  ofuku audit: book.csv:1:1: no known transcript format: it is an Excel workbook (.xlsx): save it as CSV (UTF-8) and read that; it begins "PK\\x03\xe2\x80\xa6"; all formats want text (esc)
  ofuku audit: letter.txt:1:1: no known transcript format: it is a Word document (.docx): save it as plain text and read that; it begins "PK\\x03\xe2\x80\xa6"; all formats want text (esc)
  ofuku audit: calls.jsonl:1:1: no known transcript format: it is a ZIP archive: unpack it and read the folder; it begins "PK\\x03\xe2\x80\xa6"; all formats want text (esc)
  ofuku audit: old.xls:1:1: no known transcript format: it is an old Office file (.xls, .doc): save a workbook as CSV (UTF-8), a document as plain text; it begins "\\xD0\\x\xe2\x80\xa6"; all formats want text (esc)
  ofuku audit: a.pdf:1:1: no known transcript format: it is a PDF document: ask its source for text, CSV or JSON, or convert it (pdftotext -layout); it begins "%PDF-1\xe2\x80\xa6"; all formats want text (esc)
  ofuku audit: a.png:1:1: no known transcript format: it is a PNG picture: it holds no text; it begins "\\x89PN\xe2\x80\xa6"; all formats want text (esc)
  ofuku audit: a.mp3:1:1: no known transcript format: it is an MP3 recording: it holds sound: transcribe it first; it begins "ID3\\x0\xe2\x80\xa6"; all formats want text (esc)
  ofuku audit: a.wav:1:1: no known transcript format: it is a WAV recording: it holds sound: transcribe it first; it begins "RIFF$\\\xe2\x80\xa6"; all formats want text (esc)
  ofuku audit: a.sqlite:1:1: no known transcript format: it is an SQLite database: export its table as CSV (sqlite3 -header -csv FILE 'SELECT \xe2\x80\xa6'); it begins "SQLite\xe2\x80\xa6"; all formats want text (esc)

Reports of ofuku, which may stand in the folder that is read each night, hold
words that were said, and are no transcripts:

  $ demo="$OFUKU_ROOT/testdata/demo/recordings.jsonl"
  $ mkdir nights && ofuku audit -q --lang=ja --excel -O nights/1 "$demo"
  [1]
  $ ofuku audit -q --output-format=tsv -O nights/2 "$demo"
  [1]
  $ ofuku audit -q --output-format=jsonl --rejects nights/3.csv -O nights/3 "$demo"
  [1]
  $ ofuku audit -v nights 2>&1 >/dev/null | grep -c 'note: no transcript in any known format: skipped'
  16
  $ for f in nights/1/log.csv nights/2/log.tsv nights/3/log.jsonl nights/3.csv; do
  > ofuku audit -q $f 2>&1 >/dev/null | sed 's/; it begins.*//'; done
  ofuku audit: nights/1/log.csv:1:1: no known transcript format: it is a report of ofuku: name transcripts; `ofuku summarize` reads exchanges reports
  ofuku audit: nights/2/log.tsv:1:1: no known transcript format: it is a report of ofuku: name transcripts; `ofuku summarize` reads exchanges reports
  ofuku audit: nights/3/log.jsonl:1:1: no known transcript format: it is a report of ofuku: name transcripts; `ofuku summarize` reads exchanges reports
  ofuku audit: nights/3.csv:1:1: no known transcript format: it is a report of ofuku: name transcripts; `ofuku summarize` reads exchanges reports

Text of another kind. Where it begins as JSON, the place at which it is none
is the place of the message:

  $ printf '<!DOCTYPE html>\n<html><body>\nお客様: 訴えます\n担当: はい\nお客様: 訴えます\n</body></html>\n' >a.html
  $ printf '#include <stdio.h>\n\nint main(void)\n{\n\treturn 0;\n}\n' >a.c
  $ printf '吾輩は猫である。名前はまだ無い。\nどこで生れたかとんと見当がつかぬ。\n' >cat.txt
  $ printf '\204\001\377\2002\0j\237\007\007\007\360' >random
  $ printf '{\n  "name": "a",\n  "items": [{"x": 3}]\n}\n' >other.json
  $ printf '{\n  "name": "a",\n  "items" [{"x": 3}]\n}\n' >broken.json
  $ printf '{\n"results": {"channels": [\n]}}' >near.json
  $ echo 42 >number.json
  $ printf '["a"]\n' >strings.json
  $ : >empty
  $ for f in a.html a.c cat.txt random other.json broken.json number.json strings.json empty; do said $f; done
  ofuku audit: a.html:1:1: no known transcript format: it is an HTML page: save it as plain text and read that \xe2\x80\xa6 (esc)
  ofuku audit: a.c:1:1: no known transcript format: it begins "#include <stdio.h>\\x0A\\x0Aint main(voi\xe2\x80\xa6"; \xe2\x80\xa6 (esc)
  ofuku audit: cat.txt:1:1: no known transcript format: it begins "\xe5\x90\xbe\xe8\xbc\xa9\xe3\x81\xaf\xe7\x8c\xab\xe3\x81\xa7\xe3\x81\x82\xe3\x82\x8b\xe3\x80\x82\xe5\x90\x8d\xe5\x89\x8d\xe3\x81\xaf\xe2\x80\xa6"; \xe2\x80\xa6 (esc)
  ofuku audit: random:1:1: no known transcript format: it begins "\\x84\\x01\\xFF\\x802\\x00j\\x9F\\x07\\x07\\x07\\xF0"; \xe2\x80\xa6 (esc)
  ofuku audit: other.json:1:1: no utterance: it is valid JSON, an object with "name", "items", but no transcript \xe2\x80\xa6 (esc)
  ofuku audit: broken.json:3:11: no known transcript format: not valid JSON: expected : after a key, saw '[' \xe2\x80\xa6 (esc)
  ofuku audit: number.json:1:1: no utterance: it is valid JSON, a number, but no transcript \xe2\x80\xa6 (esc)
  strings.json:1: a string: wanted an object with "text"
  ofuku audit: strings.json:1: no utterance: no record is one utterance, an object with "text" (ofuku-formats(5) shows one; --map text=KEY takes another key)
  ofuku audit: empty:1:1: no utterance: the input is empty
  $ ofuku audit -q cat.txt
  policy,rules,engine,source,conversation,exchange,agent,customer,opened_at,closed_at,closed_by,duration_s,triggers,presses,round_trips,repetitions,phrase_hits,near_misses,unanswered,first_reply_s,first_reply_turn,similarity,verdict,findings,evidence
  ofuku audit: cat.txt:1:1: no known transcript format: it begins "\xe5\x90\xbe\xe8\xbc\xa9\xe3\x81\xaf\xe7\x8c\xab\xe3\x81\xa7\xe3\x81\x82\xe3\x82\x8b\xe3\x80\x82\xe5\x90\x8d\xe5\x89\x8d\xe3\x81\xaf\xe2\x80\xa6"; jsonl: the first line does not begin with {; json: it does not begin as an array, with [ and a value; csv: no column of the first line is known to hold the text; text: fewer than six lines in ten begin with a speaker and a colon; nor contactlens, callanalytics, transcribe, whisper, whispertsv, googlestt, azurestt, deepgram, assemblyai, genesys, ccai, amivoice, twilio, vonage, webvtt, srt, sbv, linetalk, whatsapp, zoomchat, lineoa, lineworks, slack, zendesk, zendeskcsv, chatwork; --format NAME says more (esc)
  [2]
  $ ofuku audit -q near.json 2>&1 | grep -o 'deepgram: [^;]*'
  deepgram: no results.channels with alternatives

What looks like a known format and is another's is not read with half of it
lost:

  $ printf '{\n"results": [{"final": true, "alternatives": [{"transcript": "訴えます "}]}],\n"result_index": 0}\n' >watson.json
  $ ofuku audit -q watson.json 2>&1 | grep -o 'googlestt: [^;]*'
  googlestt: results of IBM Watson, whose times and speakers it does not know
