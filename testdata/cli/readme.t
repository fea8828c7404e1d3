The report in the README is what the demo prints:

  $ cd "$OFUKU_ROOT"
  $ sed -n '/^    conversation  exchange/,/^$/p' README.md | tr -s ' ' |
  > sed 's/^ //; /^$/d' >"$CRAMTMP/want"
  $ wc -l <"$CRAMTMP/want"
  6
  $ LC_ALL=C.UTF-8 sh .ci/demo "$(command -v ofuku)" 2>/dev/null |
  > sed -n '/^conversation /,/^$/p' | tr -s ' ' | sed 's/ $//; /^$/d' |
  > diff "$CRAMTMP/want" -
