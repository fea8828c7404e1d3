The manual and --help name the same options. What a command's own page does
not have stands in the page of audit, or in ofuku(1), which it refers to:

  $ cd "$OFUKU_ROOT/man"
  $ options() { grep -oE '(Fl |, )-[a-z][a-z-]+' "$@" | sed 's/^Fl /-/; s/^, /-/' | sort -u; }
  $ options -h ofuku-audit.1 ofuku.1 >"$CRAMTMP/shared"
  $ for c in audit grep show summarize convert segment dump completions schema setup; do
  > ofuku $c --help | grep -oE '^  (-., |    )--[a-z-]+' |
  > grep -oE -e '--[a-z-]+' | sort -u >"$CRAMTMP/has"
  > options ofuku-$c.1 >"$CRAMTMP/own"
  > comm -13 "$CRAMTMP/has" "$CRAMTMP/own" | sed "s/^/no option of $c: /"
  > sort -u "$CRAMTMP/own" "$CRAMTMP/shared" | comm -23 "$CRAMTMP/has" - |
  > sed "s/^/$c, not in the manual: /"
  > done

The library's page and its header name the same functions:

  $ grep -oE 'ofuku_[a-z_]+\(' ../lib/ofuku.h | tr -d '(' | sort -u >"$CRAMTMP/header"
  $ sed -n 's/^\.F[no] \(ofuku_[a-z_]*\).*"\{0,1\}.*/\1/p' libofuku.3 | sort -u | comm -3 "$CRAMTMP/header" -

Each command has a page, which ofuku(1) names, with examples:

  $ ofuku --help | sed -n 's/^  ofuku \([a-z]*\) .*/\1/p' | grep -v help |
  > while read -r c; do
  > grep -q '^\.Sh EXAMPLES' ofuku-$c.1 && grep -q "^.Xr ofuku-$c 1" ofuku.1 ||
  > echo "$c"
  > done

The examples run and print what stands there:

  $ cd "$CRAMTMP" && mkdir calls
  $ sed -n '/^\$ cat call.jsonl/,/^\$ /p' "$OFUKU_ROOT/man/ofuku-audit.1" |
  > grep '^{' >call.jsonl
  $ cp call.jsonl calls
  $ sed -n '/^\$ cat export.csv/,/^\$ /p' "$OFUKU_ROOT/man/ofuku-setup.1" |
  > grep -v '^\$' >export.csv
  $ for c in audit completions dump rules schema segment setup; do
  > sh "$OFUKU_ROOT/testdata/cli/examples" "$OFUKU_ROOT/man/ofuku-$c.1"
  > done
  $ for n in night1 night2; do
  > sed -n "/^\$ cat $n.jsonl/,/^\$ [^c]/p" "$OFUKU_ROOT/man/ofuku-state.1" |
  > sed '1d; /^\$/,$d' >$n.jsonl
  > done
  $ sh "$OFUKU_ROOT/testdata/cli/examples" "$OFUKU_ROOT/man/ofuku-state.1"
  $ sed -n '/^\$ cat call.jsonl/,/^\$ /p' "$OFUKU_ROOT/man/ofuku-convert.1" |
  > grep '^{' >call.jsonl
  $ sh "$OFUKU_ROOT/testdata/cli/examples" "$OFUKU_ROOT/man/ofuku-convert.1"
