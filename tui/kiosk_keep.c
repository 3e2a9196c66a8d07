/* SPDX-License-Identifier: Apache-2.0
 *
 * The file: one line each, written anew as a whole.
 *     block 2026-11-20 A 901 950 904            day series first last next
 *     given 2026-11-20 A 903 UUID gia|- 2026-11-20T09:41:00+07:00 123456|-
 *     booked 123456 A 2026-11-20T10:00:00+07:00 2026-11-20T10:10:00+07:00    code series slot until */
#include "tui/kiosk_keep.h"

#include <stdio.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/path.h"
#include "core/base/say.h"
#include "core/store/seal.h"

/* What motcua.ticket takes as a number. */
enum { NUMBER_MOST = 99999 };

void kiosk_keep_text(const struct kiosk_keep *keep, struct bytes *out)
{
	char day[16], at[40], until[40];
	for (int i = 0; i < keep->booked_count; i++)
		bytes_format(out, "booked %s %s %s %s\n", keep->booked[i].code, keep->booked[i].series,
		             moment_write_iso(keep->booked[i].slot, at, sizeof at), moment_write_iso(keep->booked[i].until, until, sizeof until));
	for (int i = 0; i < keep->block_count; i++) {
		const struct keep_block *b = &keep->blocks[i];
		bytes_format(out, "block %s %s %d %d %d\n", day_write_iso(b->day, day, sizeof day), b->series, b->first, b->last,
		             b->next);
	}
	for (int i = 0; i < keep->given_count; i++) {
		const struct hall_given *g = &keep->given[i];
		bytes_format(out, "given %s %s %d %s %s %s %s\n", day_write_iso(g->day, day, sizeof day), g->series, g->number,
		             g->request, *g->priority ? g->priority : "-", moment_write_iso(g->taken_at, at, sizeof at),
		             *g->booking ? g->booking : "-");
	}
}

static bool save(const struct kiosk_keep *keep, struct error *err)
{
	struct bytes out = { 0 };
	kiosk_keep_text(keep, &out);
	bool good = path_write(keep->path, out.data ? (const char *)out.data : "", out.size, 0600, err);
	bytes_free(&out);
	return good;
}

static bool read_block(struct kiosk_keep *keep, const char *line)
{
	struct keep_block b = { 0 };
	char day[16];
	if (keep->block_count == KEEP_BLOCKS ||
	    sscanf(line, "block %15s %1[A-Z] %d %d %d", day, b.series, &b.first, &b.last, &b.next) != 5)
		return false;
	b.day = day_read_iso(day);
	keep->blocks[keep->block_count++] = b;
	return b.day != DAY_NONE && b.first > 0 && b.last >= b.first && b.last <= NUMBER_MOST && b.next >= b.first && b.next <= b.last + 1;
}

static bool read_given(struct kiosk_keep *keep, const char *line)
{
	struct hall_given g = { 0 };
	char day[16], at[40];
	/* Without the last one: written before there were codes. */
	if (keep->given_count == KEEP_GIVEN ||
	    sscanf(line, "given %15s %1[A-Z] %d %36[0-9a-f-] %20[a-z_-] %39s %6[0-9-]", day, g.series, &g.number, g.request, g.priority,
	           at, g.booking) < 6)
		return false;
	if (strcmp(g.booking, "-") == 0)
		g.booking[0] = '\0';
	if (strcmp(g.priority, "-") == 0)
		g.priority[0] = '\0';
	g.day = day_read_iso(day);
	g.taken_at = moment_read_iso(at);
	keep->given[keep->given_count++] = g;
	return g.day != DAY_NONE && g.taken_at != MOMENT_NONE && strlen(g.request) == 36 && g.number > 0 && g.number <= NUMBER_MOST;
}

static bool read_booked(struct kiosk_keep *keep, const char *line)
{
	struct keep_booked b = { 0 };
	char slot[40], until[40];
	if (keep->booked_count == KEEP_BOOKED || sscanf(line, "booked %6[0-9] %1[A-Z] %39s %39s", b.code, b.series, slot, until) != 4)
		return false;
	b.slot = moment_read_iso(slot);
	b.until = moment_read_iso(until);
	keep->booked[keep->booked_count++] = b;
	return strlen(b.code) == 6 && b.slot != MOMENT_NONE && b.until != MOMENT_NONE;
}

bool kiosk_keep_parse(struct kiosk_keep *keep, char *text)
{
	static const struct {
		const char *word;
		bool (*read)(struct kiosk_keep *, const char *);
	} kinds[] = { { "block ", read_block }, { "given ", read_given }, { "booked ", read_booked } };
	for (char *line; (line = strsep(&text, "\n"));) {
		bool good = !*line;
		for (size_t i = 0; i < sizeof kinds / sizeof *kinds && !good; i++)
			good = strncmp(line, kinds[i].word, strlen(kinds[i].word)) == 0 && kinds[i].read(keep, line);
		if (!good)
			return false;
	}
	return true;
}

bool kiosk_keep_open(struct kiosk_keep *keep, const char *path, struct error *err)
{
	struct arena arena = { 0 };
	char *text;
	*keep = (struct kiosk_keep){ .path = path };
	bool good = !path_read(&arena, path, &text, NULL, NULL) || kiosk_keep_parse(keep, text);
	if (!good) {
		(void)rename(path, arena_format(&arena, "%s.damaged", path));
		*keep = (struct kiosk_keep){ .path = path };
		fail(err, FAULT_DEVICE, "%s", _("Tệp số dự trữ của máy lấy số bị hỏng, đã cất riêng. Báo người quản trị."));
		because(err, "%s cannot be read", path);
	}
	arena_free(&arena);
	return good;
}

int kiosk_keep_left(const struct kiosk_keep *keep, day_t today, const char *series)
{
	int left = 0;
	for (int i = 0; i < keep->block_count; i++)
		if (keep->blocks[i].day == today && strcmp(keep->blocks[i].series, series) == 0)
			left += keep->blocks[i].last - keep->blocks[i].next + 1;
	return left;
}

static void drop_old(struct kiosk_keep *keep, day_t today)
{
	int kept = 0;
	for (int i = 0; i < keep->block_count; i++)
		if (keep->blocks[i].day >= today && keep->blocks[i].next <= keep->blocks[i].last)
			keep->blocks[kept++] = keep->blocks[i];
	keep->block_count = kept;
}

static bool has_block(const struct kiosk_keep *keep, const struct hall_block *fresh)
{
	for (int i = 0; i < keep->block_count; i++)
		if (keep->blocks[i].day == fresh->day && strcmp(keep->blocks[i].series, fresh->series) == 0 && keep->blocks[i].first == fresh->first)
			return true;
	return false;
}

bool kiosk_keep_add(struct kiosk_keep *keep, day_t today, const struct hall_block *fresh, int count, struct error *err)
{
	drop_old(keep, today);
	for (int i = 0; i < count && keep->block_count < KEEP_BLOCKS; i++) {
		if (has_block(keep, &fresh[i]))
			continue;
		struct keep_block b = { .day = fresh[i].day, .first = fresh[i].first, .last = fresh[i].last,
			.next = fresh[i].first };
		if (fresh[i].series[0] < 'A' || fresh[i].series[0] > 'Z' || b.first < 1 || b.last < b.first)
			continue;
		b.series[0] = fresh[i].series[0];
		keep->blocks[keep->block_count++] = b;
	}
	return save(keep, err);
}

bool kiosk_keep_bookings(struct kiosk_keep *keep, const struct hall_booking *fresh, int count, struct error *err)
{
	keep->booked_count = 0;
	for (int i = 0; i < count && keep->booked_count < KEEP_BOOKED; i++) {
		struct keep_booked b = { .slot = fresh[i].slot, .until = fresh[i].until };
		if (strlen(fresh[i].code) != 6 || strspn(fresh[i].code, "0123456789") != 6 || fresh[i].series[0] < 'A' || fresh[i].series[0] > 'Z')
			continue;
		memcpy(b.code, fresh[i].code, 6);
		b.series[0] = fresh[i].series[0];
		keep->booked[keep->booked_count++] = b;
	}
	return save(keep, err);
}

const struct keep_booked *kiosk_keep_find(const struct kiosk_keep *keep, day_t today, const char *code)
{
	for (int i = 0; i < keep->given_count; i++)
		if (strcmp(keep->given[i].booking, code) == 0 && keep->given[i].day == today)
			return NULL;
	for (int i = 0; i < keep->booked_count; i++)
		if (strcmp(keep->booked[i].code, code) == 0 && moment_day(keep->booked[i].slot) == today)
			return &keep->booked[i];
	return NULL;
}

bool kiosk_keep_give(struct kiosk_keep *keep, day_t today, struct hall_given *given, struct error *err)
{
	struct keep_block *block = NULL;
	for (int i = 0; i < keep->block_count && !block; i++)
		if (keep->blocks[i].day == today && strcmp(keep->blocks[i].series, given->series) == 0 &&
		    keep->blocks[i].next <= keep->blocks[i].last)
			block = &keep->blocks[i];
	if (!block || keep->given_count == KEEP_GIVEN) {
		fail(err, FAULT_OFFLINE, "%s", _("Máy đang mất kết nối và hết số dự trữ: mời hỏi cán bộ hướng dẫn."));
		return because(err, "no number of %s left for today", given->series);
	}
	given->day = today;
	given->number = block->next++;
	keep->given[keep->given_count++] = *given;
	if (save(keep, err))
		return true;
	/* What is not on the disk must not be on paper; nor may it be given again. */
	keep->given_count--;
	return false;
}

bool kiosk_keep_home(struct kiosk_keep *keep, int count, struct error *err)
{
	keep->given_count -= count;
	memmove(keep->given, keep->given + count, (size_t)keep->given_count * sizeof *keep->given);
	seal_wipe(keep->given + keep->given_count, (size_t)count * sizeof *keep->given);
	return save(keep, err);
}
