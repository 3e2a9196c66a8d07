/* SPDX-License-Identifier: Apache-2.0
 *
 * What terminals and scanners send, in all the forms there are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "tui/keys.h"

#include <cmocka.h>

static char seen[4096];

static void record(struct keys *keys, const struct event *event)
{
	char key[32];
	size_t at = strlen(seen);
	(void) keys;
	const char *blank = at ? " " : "";
	switch (event->kind) {
	case EVENT_KEY:
		snprintf(seen + at, sizeof seen - at, "%s<%s>", blank,
		         chord_write(event->chord, key, sizeof key));
		break;
	case EVENT_TEXT: snprintf(seen + at, sizeof seen - at, "%s", event->text); break;
	case EVENT_PASTE:
		snprintf(seen + at, sizeof seen - at, "%sPASTE[%s]", blank, event->text);
		break;
	case EVENT_SCAN:
		snprintf(seen + at, sizeof seen - at, "%sSCAN[%s]", blank, event->text);
		break;
	case EVENT_MOUSE:
		snprintf(seen + at, sizeof seen - at, "%sMOUSE%d@%d,%d", blank, event->button,
		         event->row, event->col);
		break;
	}
}

/* step: bytes a read, gap_ms between them; then all that is pending settles. */
static const char *fed(const char *bytes, size_t n, size_t step, int gap_ms)
{
	struct keys keys;
	int64_t now = 1000;
	seen[0] = '\0';
	keys_init(&keys, record, NULL);
	for (size_t at = 0; at < n; at += step) {
		int wait = keys_wait(&keys, now);
		if (wait >= 0 && wait <= gap_ms && at)
			keys_settle(&keys, now + wait);
		now += at ? gap_ms : 0;
		keys_feed(&keys, bytes + at, n - at < step ? n - at : step, now);
	}
	for (int wait; (wait = keys_wait(&keys, now)) >= 0; keys_settle(&keys, now))
		now += wait;
	keys_clear(&keys);
	return seen;
}

static const struct {
	const char *bytes, *event;
} forms[] = {
	{ "\033OP", "<F1>" },      { "\033[11~", "<F1>" },   { "\033[[A", "<F1>" },
	{ "\033OQ", "<F2>" },      { "\033[12~", "<F2>" },   { "\033[[B", "<F2>" },
	{ "\033OR", "<F3>" },      { "\033[13~", "<F3>" },   { "\033[[C", "<F3>" },
	{ "\033OS", "<F4>" },      { "\033[14~", "<F4>" },   { "\033[[D", "<F4>" },
	{ "\033[15~", "<F5>" },    { "\033[[E", "<F5>" },    { "\033[17~", "<F6>" },
	{ "\033[18~", "<F7>" },    { "\033[19~", "<F8>" },   { "\033[20~", "<F9>" },
	{ "\033[21~", "<F10>" },   { "\033[23~", "<F11>" },  { "\033[24~", "<F12>" },
	{ "\033[1;2P", "<Shift-F1>" }, { "\033[25~", "<Shift-F1>" }, { "\033[15;5~", "<Ctrl-F5>" },
	{ "\033[15^", "<Ctrl-F5>" }, { "\033[1;3Q", "<Alt-F2>" }, { "\033O5P", "<Ctrl-F1>" },
	{ "\033[A", "<Up>" },      { "\033OA", "<Up>" },     { "\033[1;5A", "<Ctrl-Up>" },
	{ "\033Oa", "<Ctrl-Up>" }, { "\033[a", "<Shift-Up>" }, { "\033[B", "<Down>" },
	{ "\033[C", "<Right>" },   { "\033[D", "<Left>" },   { "\033[1;5D", "<Ctrl-Left>" },
	{ "\033[H", "<Home>" },    { "\033[1~", "<Home>" },  { "\033[7~", "<Home>" },
	{ "\033OH", "<Home>" },    { "\033[F", "<End>" },    { "\033[4~", "<End>" },
	{ "\033[8~", "<End>" },    { "\033[2~", "<Insert>" }, { "\033[3~", "<Delete>" },
	{ "\033[3;5~", "<Ctrl-Delete>" }, { "\033[3$", "<Shift-Delete>" },
	{ "\033[5~", "<PgUp>" },   { "\033[6~", "<PgDn>" },  { "\033[6@", "<Ctrl-Shift-PgDn>" },
	{ "\033[Z", "<Shift-Tab>" }, { "\t", "<Tab>" },      { "\r", "<Enter>" },
	{ "\n", "<Enter>" },       { "\033OM", "<Enter>" },  { "\177", "<Backspace>" },
	{ "\010", "<Backspace>" }, { "\033\177", "<Alt-Backspace>" }, { "\033", "<Esc>" },
	{ "\033\033", "<Esc> <Esc>" }, { "\033\033[A", "<Esc> <Up>" },
	{ "\0331", "<F1>" },       { "\0339", "<F9>" },      { "\0330", "<F10>" },
	{ "\033x", "<Alt-X>" },    { "\033X", "<Alt-Shift-X>" }, { "\033[", "<Alt-[>" },
	{ "\033O", "<Alt-Shift-O>" }, { "\033\r", "<Alt-Enter>" }, { "\020", "<Ctrl-P>" },
	{ "\032", "<Ctrl-Z>" },    { "\037", "<Ctrl-_>" },   { "\033[27;5;13~", "<Ctrl-Enter>" },
	{ "\033[13;5u", "<Ctrl-Enter>" }, { "\033[112;5u", "<Ctrl-P>" },
	{ "a", "a" },              { "ế", "ế" },             { "\033ế", "ế" },
	{ "\033Op", "0" },         { "\033Oy", "9" },        { "~", "~" },
	{ "\033[<0;5;3M", "MOUSE1@2,4" }, { "\033[<0;5;3m", "" }, { "\033[<64;1;1M", "MOUSE4@0,0" },
	{ "\033[<35;5;3M", "" },   { "\033[200~a\rb\033[Ac\033[201~d", "PASTE[a\nb\033[Ac]d" },
	{ "\033[200~\033[201~x", "x" }, { "\033[201~", "" },
	{ "\033[?1;2c", "" },      { "\033[9999;9999;9999;9999;1~", "" }, { "\033[38;5;1", "" },
	{ "\033[1\033OP", "<F1>" }, { "\xc3", "" },          { "\xe1\xba" "a", "a" },
	{ "\xff\xfe" "b", "b" },   { "\xed\xa0\x80" "c", "c" }, { "\xc0\xaf" "d", "d" },
};

static void every_form_is_known(void **state)
{
	(void) state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		assert_string_equal(fed(forms[i].bytes, strlen(forms[i].bytes), 100, 0),
		                    forms[i].event);
		/* Torn by ssh into single bytes, each a little later. */
		assert_string_equal(fed(forms[i].bytes, strlen(forms[i].bytes), 1, 5),
		                    forms[i].event);
	}
	assert_string_equal(fed("\0", 1, 1, 0), "<Ctrl-Space>");
}

static void a_slow_esc_is_a_key_and_a_quick_one_is_alt(void **state)
{
	(void) state;
	assert_string_equal(fed("\033x", 2, 1, 100), "<Esc>x");
	assert_string_equal(fed("\033x", 2, 1, 10), "<Alt-X>");
	/* A line that stalls inside a sequence does not tear it. */
	assert_string_equal(fed("\033[15~", 5, 2, 150), "<F5>");
}

#define CARD "001199000012|012345678|Nguyen Thi Thuy Duong|05031999|Nu|To 4, Nui Cam|12122021"
#define CODE "H01.999-261120-0007"

static void a_framed_code_is_a_scan_at_any_speed(void **state)
{
	static const int gaps[] = { 0, 1, 16, 40, 120, 300 };
	static const size_t steps[] = { 1, 12, 64 };
	(void) state;
	for (size_t i = 0; i < 6; i++) {
		for (size_t s = 0; s < 3; s++) {
			const char *stx = "\002" CARD "\r", *tilde = "~~" CARD "\r";
			assert_string_equal(fed(stx, strlen(stx), steps[s], gaps[i]),
			                    "SCAN[" CARD "]");
			assert_string_equal(fed(tilde, strlen(tilde), steps[s], gaps[i]),
			                    "SCAN[" CARD "]");
		}
	}
	/* Nothing inside fires a key, and the Enter is the scanner's. */
	assert_string_equal(fed("\002a\033[15~\rb", 9, 1, 1), "SCAN[a[15~]b");
}

static void without_a_prefix_shape_and_speed_decide(void **state)
{
	(void) state;
	const char *card = CARD "\r", *code = CODE "\r";
	static const int quick[] = { 1, 16, 30 };
	for (int i = 0; i < 3; i++) {
		/* The first character was shown before it was known, and is taken back. */
		assert_string_equal(fed(card, strlen(card), 1, quick[i]),
		                    "0 <Backspace> SCAN[" CARD "]");
		assert_string_equal(fed(code, strlen(code), 1, quick[i]),
		                    "H <Backspace> SCAN[" CODE "]");
	}
	assert_string_equal(fed(card, strlen(card), 64, 60), "0 <Backspace> SCAN[" CARD "]");
	/* A typist, a slow scanner, a number alone, a word, a key held down: typing. */
	assert_string_equal(fed(code, strlen(code), 1, 60), CODE " <Enter>");
	assert_string_equal(fed("001199000012\r", 13, 1, 1), "001199000012 <Enter>");
	assert_string_equal(fed("0912345678", 10, 1, 1), "0912345678");
	assert_string_equal(fed("NGUYEN VAN\r", 11, 1, 1), "NGUYEN VAN <Enter>");
	assert_string_equal(fed("111111111111|1|1|1|1|1|1\r", 25, 1, 30),
	                    "111111111111|1|1|1|1|1|1 <Enter>");
	assert_string_equal(fed("12\033[A3", 6, 1, 1), "12 <Up>3");
	/* Input methods send words as bursts with Backspaces. */
	assert_string_equal(fed("Nguye\177\177yễn", 12, 64, 0), "Nguye <Backspace> <Backspace>yễn");
}

static void a_scan_that_breaks_off_is_not_half_a_code(void **state)
{
	(void) state;
	assert_string_equal(fed("\002" "00119900", 9, 1, 1), "00119900");
	assert_string_equal(fed("\002" CODE, 20, 1, 1), "SCAN[" CODE "]");
	/* A paste whose end is lost does not lock the keyboard. */
	assert_string_equal(fed("\033[200~abc", 9, 9, 0), "PASTE[abc]");
}

static void a_pasted_card_is_a_scan_and_other_pastes_are_not(void **state)
{
	(void) state;
	static const char card[] = "\033[200~" CARD "\n\033[201~", code[] = "\033[200~" CODE "\033[201~",
		two[] = "\033[200~" CARD "\n" CARD "\033[201~", line[] = "\033[200~a \n\033[201~";
	assert_string_equal(fed(card, sizeof card - 1, 7, 0), "SCAN[" CARD "]");
	/* A bare code may belong into the field. */
	assert_string_equal(fed(code, sizeof code - 1, 7, 0), "PASTE[" CODE "]");
	assert_string_equal(fed(two, sizeof two - 1, 7, 0), "PASTE[" CARD "\n" CARD "]");
	assert_string_equal(fed(line, sizeof line - 1, 7, 0), "PASTE[a \n]");
}

static void chords_read_as_they_are_written(void **state)
{
	static const char *const same[] = { "F1", "F12", "Ctrl-P", "Alt-X", "Shift-Tab", "Enter",
		                            "Ctrl-Space", "/", "?", "Ctrl-F5", "Alt-Shift-X",
		                            "PgDn", "đ", "Ctrl-_" };
	(void) state;
	struct chord chord;
	char text[32];
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		assert_true(chord_read(same[i], strlen(same[i]), &chord));
		assert_string_equal(chord_write(chord, text, sizeof text), same[i]);
	}
	assert_true(chord_read("alt-8", 5, &chord));
	assert_int_equal(chord.key, K_F8);
	assert_int_equal(chord.mods, 0);
	static const char *const bad[] = { "", "F0", "F13", "Hyper-x", "ab", "Ctrl-", "Ctrl-M",
		                           "Ctrl-I", "\xff", " " };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(chord_read(bad[i], strlen(bad[i]), &chord));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_is_known),
		cmocka_unit_test(a_slow_esc_is_a_key_and_a_quick_one_is_alt),
		cmocka_unit_test(a_framed_code_is_a_scan_at_any_speed),
		cmocka_unit_test(without_a_prefix_shape_and_speed_decide),
		cmocka_unit_test(a_scan_that_breaks_off_is_not_half_a_code),
		cmocka_unit_test(a_pasted_card_is_a_scan_and_other_pastes_are_not),
		cmocka_unit_test(chords_read_as_they_are_written),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
