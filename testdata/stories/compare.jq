# Prints a line for each difference between the rows that a story's .expect
# names (raw input) and the reports (--slurpfile, each under its name).

# A column as CSV says it; numbers are compared as numbers.
def said:
	if . == null then ""
	elif type == "array" then join(";")
	else tostring end;
def same($want):
	if type == "number" then . == ($want | tonumber? // null)
	else said == $want end;

# column=value, column="a value with blanks", …
def columns:
	[match("([a-z_]+)=(\"(?:[^\"\\\\]|\\\\.)*\"|[^ ]*)"; "g").captures
	| {key: .[0].string,
	   value: (.[1].string | if startswith("\"") then fromjson else . end)}];

# The sections of an .expect: report, rows; "+ " goes on with a row.
def sections:
	reduce inputs as $line ([{report: "exchanges", rows: []}];
	if $line | startswith("report ") then
		. + [{report: $line[7:], rows: []}]
	elif $line | startswith("row: ") then .[-1].rows += [$line[5:]]
	elif $line | startswith("+ ") then .[-1].rows[-1] += $line[1:]
	else . end);

def row_differences($where; $got):
	columns[] | .key as $key | .value as $want
	| if $got | has($key) | not then "\($where): no column \($key)"
	elif $got[$key] | same($want) | not then
		"\($where): \($key): want \($want), got \($got[$key] | said)"
	else empty end;

sections[] | .report as $report | .rows as $rows
| $ARGS.named[$report] as $got
| (if ($got | length) != ($rows | length) then
	"\($report): want \($rows | length) rows, got \($got | length)",
	($got[] | "  \(del(.rules, .engine) | tojson)")
else empty end),
(range([($rows | length), ($got | length)] | min) as $i
| $rows[$i] | row_differences("\($report) row \($i + 1)"; $got[$i]))
