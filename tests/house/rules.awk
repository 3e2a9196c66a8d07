# SPDX-License-Identifier: Apache-2.0
#
# The house rules, file by file; tests/house/check feeds it every source under a root.
# A broken rule is one line: PATH:LINE: RULE: what to do.

function broken(line, rule, advice) {
	printf "%s:%d: %s: %s\n", path, line, rule, advice
	count++
}

function door(header, allowed) {
	doors++
	door_header[doors] = "^<" header
	door_allowed[doors] = "^(" allowed ")"
}

function arrow(room, allowed) {
	rooms++
	room_name[rooms] = room
	room_allowed[rooms] = "^(" allowed ")/"
}

BEGIN {
	# One library, one door: the header, and the only places that may include it.
	door("(n?curses|ncursesw?/.*|term)\\.h>", "tui/(term|canvas)\\.c")
	door("libpq", "core/store/|tests/support/")
	door("curl/", "core/courier/")
	door("jansson", "core/courier/|core/practice/|core/store/|tui/command/|tests/")
	door("qrencode", "printers/qr\\.c|tests/")
	door("cups/", "printers/ipp_(main|talk|own)\\.[ch]")
	door("(pango|cairo|fontconfig)", "printers/|core/scan/pdf\\.c|tests/")
	door("sane/", "core/scan/device[a-z_]*\\.[ch]")
	door("jpeglib", "core/scan/jpeg\\.c|tests/")
	door("qpdf/", "core/pdf/archive\\.c|core/sign/(inspect|update)\\.c")
	door("openssl/", "core/sign/cms[a-z_]*\\.c|tests/sign/")
	door("libp11\\.h", "core/sign/cms_token\\.c")
	door("p11-kit/", "tests/sign/")
	door("sodium", "core/store/seal\\.c")
	door("utf8proc", "core/base/text[a-z_]*\\.c")
	door("microhttpd", "core/practice/|core/courier/door\\.c")
	door("vterm", "tests/")
	door("zbar", "tests/|core/scan/codes\\.c")
	door("leptonica", "core/scan/(page[a-z_]*|codes|words|thumb)\\.c|tests/")
	door("chafa", "core/scan/thumb\\.c")
	door("tesseract", "core/scan/words\\.c")
	door("(cmocka|poppler)", "tests/")
	door("ini\\.h", "core/base/config\\.c")
	door("xlsxwriter", "core/sheet/xlsx\\.c")
	door("libintl", "nowhere")

	# An arrow is an #include: a lower room never names a higher one.  First match counts.
	arrow("core/base/", "core/base")
	arrow("core/sheet/", "core/(base|sheet)")
	arrow("core/pdf/", "core/(base|pdf)")
	arrow("core/sign/", "core/(base|sign)")
	arrow("core/dossier/", "core/(base|dossier)")
	arrow("core/store/", "core/(base|dossier|store)")
	arrow("core/courier/", "core/(base|dossier|store|courier)")
	arrow("core/scan/", "core/(base|pdf|dossier|store|scan)")
	arrow("core/practice/", "core/(base|dossier|practice)")
	arrow("printers/", "core/(base|pdf|dossier|store)|printers")
	arrow("tui/", "core/(base|dossier|store|scan|sheet|sign)|printers|tui")

	max_file = 400
	max_function = 60
}

function end_of_file() {
	if (!path)
		return
	if (lines > max_file && code)
		broken(lines, "long-file", "more than " max_file " lines; split it by what its parts are for")
	if (!spdx && (code || script))
		broken(1, "spdx", "the first lines need SPDX-License-Identifier: Apache-2.0")
	if (header && !docstring)
		broken(1, "docstring", "a header begins with \"" path " — what it is\"")
	if (c_file && !program && !own_header && !of_tests)
		broken(1, "own-header", "include the header of this folder that declares what is here")
	if (opened)
		broken(opened, "long-function", "this function has no end")
}

function own_folder(name) {
	sub(/[^\/]*$/, "", name)
	return name
}

FNR == 1 {
	end_of_file()
	path = FILENAME
	sub(/^\.\//, "", path)
	lines = spdx = docstring = program = opened = own_header = 0
	c_file = path ~ /\.c$/
	header = path ~ /\.h$/
	code = c_file || header || path ~ /\.sql$/
	script = path ~ /\.(sh|awk|py)$/ || /^#!/
	clean = code || script || path ~ /(CMakeLists\.txt|\.cmake)$/
	of_tests = path ~ /^tests\//
	of_house = path ~ /^tests\/house\//
}

{ lines = FNR }

FNR <= 5 && /SPDX-License-Identifier: Apache-2\.0/ { spdx = 1 }

FNR <= 6 && header && index($0, path " — ") { docstring = 1 }

clean && /[ \t]$/ { broken(FNR, "blanks", "blanks at the end of the line") }

!of_house && /TODO|FIXME/ { broken(FNR, "words", "do it now, or open an issue") }

!of_house && /(^|[^A-Za-z_])([Ss]tub|STUB)(s|S|bed)?([^A-Za-z_]|$)/ {
	broken(FNR, "words", "real things only")
}

!of_house && /(^|[^A-Za-z0-9_.}])\/work\// { broken(FNR, "words", "a path of somebody's machine") }

of_tests && c_file && /(^|[^A-Za-z0-9_])u?sleep *\(/ {
	broken(FNR, "sleep", "wait for what should happen, not for time to pass")
}

of_tests && script && !of_house && /(^|[;&|({ \t])sleep +[0-9$]/ {
	broken(FNR, "sleep", "wait for what should happen, not for time to pass")
}

!of_tests && c_file && /%-[0-9*]+s/ {
	broken(FNR, "columns", "bytes are not columns; lay out with text_columns and text_cut")
}

path ~ /^core\/dossier\// && c_file && /(^|[^A-Za-z0-9_])(time|clock_gettime|gettimeofday)\(/ {
	broken(FNR, "pure", "the domain has no clock; take the moment as an argument")
}

c_file && /^(int main\(|int LLVMFuzzerTestOneInput)/ { program = 1 }

(c_file || header) && /^[ \t]*#[ \t]*include/ { included($0) }

function included(line,    name, i) {
	match(line, /[<"].*[>"]/)
	name = substr(line, RSTART, RLENGTH)
	if (name ~ /^</) {
		for (i = 1; i <= doors; i++)
			if (name ~ door_header[i] && path !~ door_allowed[i])
				broken(FNR, "door", name " belongs to " substr(door_allowed[i], 2))
		return
	}
	name = substr(name, 2, length(name) - 2)
	if (own_folder(name) == own_folder(path))
		own_header = 1
	if (name !~ /\//) {
		broken(FNR, "include-root", "name \"" name "\" from the root of the house")
		return
	}
	for (i = 1; i <= rooms; i++) {
		if (index(path, room_name[i]) != 1)
			continue
		if (name !~ room_allowed[i])
			broken(FNR, "arrow", room_name[i] " must not know " name)
		return
	}
}

# The house style makes functions easy to see: the brace that opens one stands
# alone in the first column, and so does the one that ends it.
c_file && /^[a-z].*\)[ \t]*\{/ {
	broken(FNR, "brace", "the brace that opens a function stands on a line of its own")
}

c_file && /^\{$/ { opened = FNR }

c_file && /^\}/ && opened {
	if (FNR - opened - 1 > max_function)
		broken(opened, "long-function", FNR - opened - 1 " lines; at most " max_function)
	opened = 0
}

END {
	end_of_file()
	exit count > 0
}
