Help, versions, manual pages.

  $ ofuku --help
  Usage: ofuku COMMAND [OPTION]... [FILE]...
  Audits stored call and chat transcripts against a complaint-handling policy.
  
    ofuku audit               audit transcripts and write reports
    ofuku grep                print the utterances that match a pattern
    ofuku show                print exchanges as annotated transcripts
    ofuku summarize           reduce exchanges reports to counts and rates
    ofuku segment             print the views and words of texts or transcripts
    ofuku convert             write transcripts in another format
    ofuku verify              repeat an audit from its manifest and compare
    ofuku setup               propose settings from a sample of an export
    ofuku state               look at what audits remember, erase it, take it
                              back
    ofuku rules               check, test, list, show or begin rule files
    ofuku schema              print a JSON Schema of rule files or of a report
    ofuku dump                print what a stage hands to the next, as JSON Lines
    ofuku completions         print what a shell completes commands and options
                              with
    ofuku help                open the manual page of a command or a topic
  
  ofuku COMMAND --help says what a command takes, ofuku help COMMAND opens its
  manual page, ofuku --version names the versions.
  $ ofuku --help >a; ofuku help >b; ofuku -h >c; cmp a b && cmp a c

Without a command the same goes to standard error:

  $ ofuku 2>d; echo $?; cmp a d
  2

The versions that results depend on:

  $ ofuku --version
  ofuku \d+\.\d+\.\d+ (re)
  ICU \d+\.\d+ \(Unicode \d+\.\d+\) (re)
  PCRE2 \d+\.\d+ (re)
  $ ofuku --version >a; ofuku -V | cmp - a

Every command has help, of at most 80 columns, and names all its options:

  $ for c in audit show summarize grep segment dump help schema setup 'rules check' 'rules test' \
  > 'rules list' 'rules show' 'rules explain' 'rules init'; do
  > ofuku $c --help | awk 'NR == 1 { print } length > 80 { print "long" }'
  > done
  Usage: ofuku audit [OPTION]... [FILE|DIR|-]...
  Usage: ofuku show [OPTION]... [FILE|DIR|-]...
  Usage: ofuku summarize [OPTION]... [REPORT]...
  Usage: ofuku grep [OPTION]... PATTERN [FILE|DIR|-]...
  Usage: ofuku segment [OPTION]... [FILE|DIR|-]...
  Usage: ofuku dump [OPTION]... --stage=NAME [FILE|DIR|-]...
  Usage: ofuku help [OPTION]... [COMMAND|TOPIC]
  Usage: ofuku schema [OPTION]... [rules|REPORT]
  Usage: ofuku setup [OPTION]... SAMPLE
  Usage: ofuku rules check [OPTION]... [FILE|-]...
  Usage: ofuku rules test [OPTION]... [FILE]...
  Usage: ofuku rules list [OPTION]... [FILE]...
  Usage: ofuku rules show [OPTION]... ID...
  Usage: ofuku rules explain [OPTION]... ID TEXT...
  Usage: ofuku rules init [OPTION]... [kasuhara.yaml|kiriden.yaml|ja.yaml]
  $ ofuku rules init --help
  Usage: ofuku rules init [OPTION]... [kasuhara.yaml|kiriden.yaml|ja.yaml]
  write a policy in the program to a file, to edit
  
  Init:
        --policy=NAME         which policy: kasuhara (default) or kiriden
    -o, --output=FILE         write it here; - is standard output (default: under
                              its own name in this folder)
    -f, --force               overwrite a file that is there
  
  Messages:
    -q, --quiet               no notes and no counts on standard error
    -v, --verbose             every message, and what is done with each input
        --log-format=FORMAT   standard error as text (default) or json, an object
                              a line
    -h, --help                print this help
  $ ofuku rules --help
  Usage: ofuku rules COMMAND [OPTION]...
  
    ofuku rules check         say every mistake in rule files
    ofuku rules test          run every example in rule files
    ofuku rules list          list policies, phrases, patterns and checks
    ofuku rules show          print what a phrase, pattern or check compiled to
    ofuku rules explain       say why a phrase or pattern hits a text, or not
    ofuku rules init          write a policy in the program to a file, to edit

Each option of a command stands in its manual page:

  $ for c in audit summarize; do
  > ofuku $c --help | grep -o -e '--[a-z-]*' | sort -u | sed 's/^--//' |
  > while read -r o; do
  > grep -q -e "Fl -$o" -e ", -$o" "$OFUKU_ROOT/man/ofuku-$c.1" || echo "$c $o"
  > done; done
  $ ofuku grep --help | sed '/^Input:/,/^Messages:/d' | grep -o -e ' --[a-z-]*' |
  > sed 's/ --//' | while read -r o; do
  > grep -q -e "Fl -$o" -e ", -$o" "$OFUKU_ROOT/man/ofuku-grep.1" || echo "grep $o"
  > done
  $ ofuku show --help | sed -n '/^Show:/,/^Input:/p' | grep -o -e ' --[a-z-]*' |
  > sed 's/ --//' | while read -r o; do
  > grep -q -e "Fl -$o" "$OFUKU_ROOT/man/ofuku-show.1" || echo "show $o"; done

Where there is no manual page, help prints the same as --help:

  $ mkdir bin
  $ printf '#!/bin/sh\necho "no such page" >&2\nexit 16\n' >bin/man
  $ chmod +x bin/man
  $ PATH=$PWD/bin:$PATH; export PATH
  $ ofuku help audit >a; ofuku audit --help >b; cmp a b
  $ ofuku help rules >a; ofuku rules --help >b; cmp a b
  $ ofuku help rules init >a; ofuku rules init --help >b; cmp a b
  $ ofuku help audt
  ofuku help: unknown command "audt": did you mean audit?
  Try: ofuku help --help
  [2]

Where there is one, it is opened:

  $ printf '#!/bin/sh\necho man "$@"\n' >bin/man
  $ ofuku help audit
  man 1 ofuku-audit

A word that is none is said, with what it may have been meant for:

  $ ofuku help formts
  ofuku help: unknown command "formts": did you mean formats?
  Try: ofuku help --help
  [2]
  $ ofuku version
  ofuku: unknown command "version": did you mean --version?
  Try: ofuku --help
  [2]
  $ ofuku --vresion
  ofuku: unknown option --vresion: did you mean --version?
  Try: ofuku --help
  [2]
  $ ofuku -x
  ofuku: unknown option -x: a command comes first
  Try: ofuku --help
  [2]
  $ ofuku list
  ofuku: unknown command "list": did you mean state list or rules list?
  Try: ofuku --help
  [2]

Help that nobody can read is trouble:

  $ ofuku --help >/dev/full
  ofuku: standard output: cannot write: No space left on device
  [2]
  $ ofuku audit --help >&-
  ofuku audit: standard output: cannot write: Bad file descriptor
  [2]
  $ ofuku audit --help | true
