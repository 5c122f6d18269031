# SPDX-License-Identifier: GPL-2.0-only
# The cases of boots.table that are run at a level, and what comes of each there, a line
# each: <cpu> <threads> <bhi> <ibpb> <vmscape> <outcome> [<words>]

# The field that has the outcome at a level.
function column(at) { return at < 9 ? 6 : at > 10 ? 9 : at - 2 }
function at(n) { return $(column(n)) }

# Whether this line is run: see boots.table.
function is_run() {
	if (level >= 11)
		return 1
	if (level == 0 || level == 6)
		return $6 == $7 && $7 == $8 && $8 == $9
	first = !seen[at(level)]++
	if (level < 8)
		return first
	return first || at(level) != at(level - 1) || at(level) != at(level + 1)
}

/^#/ || NF < 9 || $1 == "outcome" { next }

is_run() {
	words = ""
	for (i = 10; i <= NF; i++)
		words = words " " $i
	nb = split($3, bhi, ",")
	ni = split($4, ibpb, ",")
	nv = split($5, vmscape, ",")
	for (v = 1; v <= nv; v++)
		for (b = 1; b <= nb; b++)
			for (i = 1; i <= ni; i++)
				print $1, $2, bhi[b], ibpb[i], vmscape[v], at(level) words
}
