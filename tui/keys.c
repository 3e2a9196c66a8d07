/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/keys.h"

#include <string.h>

#include "core/base/text.h"
#include "tui/keys_own.h"

#define STX 0x02
#define PASTE_END "\033[201~"

void keys_init(struct keys *keys, void (*give)(struct keys *, const struct event *), void *owner)
{
	*keys = (struct keys){ .give = give, .owner = owner, .esc_ms = KEYS_ESC };
}

void keys_clear(struct keys *keys)
{
	bytes_free(&keys->text);
	keys->waiting = 0;
	keys->mode = KEYS_GROUND;
}

void keys_give_key(struct keys *keys, int key, int mods)
{
	struct event event = { .kind = EVENT_KEY, .chord = { key, mods }, .text = "" };
	keys->give(keys, &event);
}

/* Foreign bytes as valid text: what is broken is left out. */
static void give_text(struct keys *keys, enum event_kind kind, const char *data, size_t size)
{
	struct bytes kept = { 0 };
	for (size_t at = 0; at < size;) {
		size_t n = utf8_length((unsigned char)data[at]);
		if (n && n <= size - at && text_valid(data + at, n) && data[at])
			bytes_add(&kept, data + at, n);
		else
			n = 1;
		at += n;
	}
	struct event event = { .kind = kind, .text = bytes_string(&kept), .size = kept.size };
	if (kept.size || kind == EVENT_SCAN)
		keys->give(keys, &event);
	bytes_free(&kept);
}

void keys_give_typed(struct keys *keys, const char *data, size_t size)
{
	keys->first = size == 1 ? *data : 0;
	give_text(keys, EVENT_TEXT, data, size);
}

/* A card or receipt copied from elsewhere; blanks and the line's end around it are no part. */
static bool paste_is_scan(struct bytes *text)
{
	char copy[KEYS_SCAN];
	size_t n = text->size;
	while (n && text->data[n - 1] && strchr(" \t\r\n", text->data[n - 1]))
		n--;
	if (!n || n >= sizeof copy || memchr(text->data, 0, n))
		return false;
	memcpy(copy, text->data, n);
	copy[n] = '\0';
	if (!scan_pasted(copy))
		return false;
	text->size = n;
	return true;
}

/* Ends a paste or scan: the text is taken away first, since giving it may feed. */
static void give_collected(struct keys *keys, enum event_kind kind)
{
	struct bytes text = keys->text;
	keys->text = (struct bytes){ 0 };
	keys->mode = KEYS_GROUND;
	if (kind == EVENT_PASTE && paste_is_scan(&text))
		kind = EVENT_SCAN;
	if (kind == EVENT_PASTE || text.size)
		give_text(keys, kind, text.data ? text.data : "", text.size);
	bytes_free(&text);
}

/* A burst that is no scan: its characters were typed after all. */
static void replay_burst(struct keys *keys)
{
	struct bytes text = keys->text;
	keys->text = (struct bytes){ 0 };
	keys->mode = KEYS_GROUND;
	for (size_t at = keys->given ? 1 : 0; at < text.size; at++)
		keys_ground(keys, (unsigned char)text.data[at], KEYS_GAP + 1);
	bytes_free(&text);
}

static void end_burst(struct keys *keys, unsigned char terminator)
{
	if (scan_shape(bytes_string(&keys->text)) != SHAPE_WHOLE) {
		replay_burst(keys);
		keys_ground(keys, terminator, KEYS_GAP + 1);
		return;
	}
	/* The first character was shown before it was known for a scan's. */
	if (keys->given)
		keys_give_key(keys, K_BACKSPACE, 0);
	give_collected(keys, EVENT_SCAN);
}

void keys_begin(struct keys *keys, enum keys_mode mode)
{
	bytes_clear(&keys->text);
	keys->mode = mode;
	keys->given = false;
	keys->first = 0;
}

static bool ends_scan(unsigned char byte)
{
	return byte == '\r' || byte == '\n' || byte == '\t';
}

static void in_paste(struct keys *keys, unsigned char byte)
{
	static const size_t tail = sizeof PASTE_END - 1;
	if (keys->text.size < KEYS_PASTE || byte == '~' || byte == '\033' || byte == '[' ||
	    (byte >= '0' && byte <= '2'))
		bytes_byte(&keys->text, byte);
	struct bytes *text = &keys->text;
	if (text->size < tail || memcmp(text->data + text->size - tail, PASTE_END, tail) != 0)
		return;
	text->size -= tail;
	text->data[text->size] = '\0';
	if (text->size > KEYS_PASTE)
		text->size = KEYS_PASTE;
	for (size_t i = 0; i < text->size; i++)
		if (text->data[i] == '\r')
			text->data[i] = '\n';
	give_collected(keys, EVENT_PASTE);
}

static void in_scan(struct keys *keys, unsigned char byte)
{
	if (ends_scan(byte))
		give_collected(keys, EVENT_SCAN);
	else if (byte == STX)
		bytes_clear(&keys->text);
	else if (byte >= 0x20 && byte != 0x7f && keys->text.size < KEYS_SCAN)
		bytes_byte(&keys->text, byte);
}

static void in_burst(struct keys *keys, unsigned char byte)
{
	if (ends_scan(byte)) {
		end_burst(keys, byte);
		return;
	}
	bytes_byte(&keys->text, byte);
	if (byte && scan_shape(bytes_string(&keys->text)) && keys->text.size < KEYS_SCAN)
		return;
	/* No scan begins so.  The last byte may begin anything. */
	keys->text.data[--keys->text.size] = '\0';
	replay_burst(keys);
	keys_ground(keys, byte, KEYS_GAP + 1);
}

/* Does this plain character, close behind another, begin a known shape? */
static bool begins_burst(struct keys *keys, unsigned char byte, int64_t gap)
{
	char pair[3] = { keys->first, (char)byte, 0 };
	if (!keys->first || gap > KEYS_GAP || byte >= 0x80 || !scan_shape(pair))
		return false;
	bytes_clear(&keys->text);
	bytes_add(&keys->text, pair, 2);
	keys->given = true;
	keys->mode = KEYS_IN_BURST;
	return true;
}

/* A byte that begins nothing longer. */
static void plain(struct keys *keys, unsigned char byte)
{
	if (byte == STX) {
		keys_begin(keys, KEYS_IN_SCAN);
	} else if (byte == '\r' || byte == '\n') {
		keys_give_key(keys, K_ENTER, 0);
	} else if (byte == '\t') {
		keys_give_key(keys, K_TAB, 0);
	} else if (byte == 0x7f || byte == 0x08) {
		keys_give_key(keys, K_BACKSPACE, 0);
	} else if (byte == 0) {
		keys_give_key(keys, ' ', MOD_CTRL);
	} else if (byte < 0x20) {
		keys_give_key(keys, byte < 27 ? byte + 'a' - 1 : byte + '@', MOD_CTRL);
	} else {
		char one = (char)byte;
		keys_give_typed(keys, &one, 1);
		return;
	}
	keys->first = 0;
}

void keys_ground(struct keys *keys, unsigned char byte, int64_t gap)
{
	if (keys->waiting || byte == 0x1b || byte >= 0x80) {
		keys_sequence(keys, byte);
		return;
	}
	/* "~~" frames a scan: the first "~" waits for its twin only a moment. */
	if (byte == '~') {
		keys->wait[keys->waiting++] = '~';
		return;
	}
	if (byte > 0x20 && begins_burst(keys, byte, gap))
		return;
	plain(keys, byte);
}

static void feed_byte(struct keys *keys, unsigned char byte, int64_t gap)
{
	switch (keys->mode) {
	case KEYS_IN_PASTE: in_paste(keys, byte); break;
	case KEYS_IN_SCAN:  in_scan(keys, byte); break;
	case KEYS_IN_BURST: in_burst(keys, byte); break;
	case KEYS_GROUND:   keys_ground(keys, byte, gap); break;
	}
}

void keys_feed(struct keys *keys, const char *bytes, size_t n, int64_t now_ms)
{
	/* What was due before these bytes came is settled first. */
	if (n && keys_wait(keys, now_ms) == 0)
		keys_settle(keys, now_ms);
	int64_t gap = now_ms - keys->last;
	for (size_t i = 0; i < n; i++) {
		feed_byte(keys, (unsigned char)bytes[i], gap);
		gap = 0;
	}
	if (n)
		keys->last = now_ms;
}

/* The end of a scan never came.  Half a code is worse than none: it counts only
 * when it is whole, else it was typed. */
static void settle_scan(struct keys *keys)
{
	if (scan_shape(bytes_string(&keys->text)) == SHAPE_WHOLE) {
		if (keys->mode == KEYS_IN_BURST && keys->given)
			keys_give_key(keys, K_BACKSPACE, 0);
		give_collected(keys, EVENT_SCAN);
		return;
	}
	keys->given = keys->given && keys->mode == KEYS_IN_BURST;
	replay_burst(keys);
}

static int patience(const struct keys *keys)
{
	switch (keys->mode) {
	case KEYS_IN_SCAN:  return KEYS_STALL;
	case KEYS_IN_PASTE: return KEYS_STALL;
	case KEYS_IN_BURST:
		/* What cannot be typing may stall on its way (a line, a hub). */
		return scan_shape(bytes_string(&keys->text)) == SHAPE_MAYBE ? KEYS_GAP
		                                                            : KEYS_HICCUP;
	case KEYS_GROUND:   break;
	}
	if (!keys->waiting)
		return -1;
	if (keys->wait[0] == '~')
		return KEYS_HICCUP;
	int esc = keys->esc_ms < 1 ? 1 : keys->esc_ms;
	/* A sequence that has begun is a slow line, not a key: more time. */
	return keys->waiting > 1 || keys->wait[0] != 0x1b ? esc + 200 : esc;
}

int keys_wait(const struct keys *keys, int64_t now_ms)
{
	int most = patience(keys);
	if (most < 0)
		return -1;
	int64_t left = keys->last + most - now_ms;
	return left <= 0 ? 0 : left > most ? most : (int)left;
}

void keys_settle(struct keys *keys, int64_t now_ms)
{
	if (keys_wait(keys, now_ms) != 0)
		return;
	switch (keys->mode) {
	case KEYS_IN_PASTE: give_collected(keys, EVENT_PASTE); break;
	case KEYS_IN_SCAN:
	case KEYS_IN_BURST: settle_scan(keys); break;
	case KEYS_GROUND:   keys_settle_sequence(keys); break;
	}
}
