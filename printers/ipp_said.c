/* SPDX-License-Identifier: Apache-2.0 */
#include "printers/ipp_said.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/say.h"
#include "core/base/text.h"

static const char *const end_words[] = {
#define X(name, word) [SAID_##name] = word,
	IPP_ENDS(X)
#undef X
};

const char *ipp_end_word(enum ipp_end end)
{
	return end > SAID_NOTHING && end < SAID_END_COUNT ? end_words[end] : "";
}

/* The first one found in a report is told: what hands can mend stands first.  Keywords of
 * RFC 8011, PWG 5100.9 and CUPS, without -error, -warning, -report. */
static const struct reason {
	const char *word;
	const char *trouble; /* it stops the paper …                                      */
	enum { HARD,         /* … always                                                  */
	       SOFT,         /* … unless it comes as a warning                            */
	       PASSING,      /* … if it lasts: told only where nothing came of the paper  */
	} kind;
	const char *warning; /* it never stops the paper                                  */
} reasons[] = {
	{ "media-empty", N_("Máy in hết giấy. Hãy thêm giấy."), SOFT, NULL },
	{ "media-needed", N_("Máy in chờ đúng khổ giấy. Hãy xem khay giấy."), SOFT, NULL },
	{ "media-jam", N_("Máy in kẹt giấy. Hãy gỡ tờ giấy kẹt."), SOFT, NULL },
	{ "cover-open", N_("Nắp máy in đang mở. Hãy đóng nắp."), HARD, NULL },
	{ "door-open", N_("Nắp máy in đang mở. Hãy đóng nắp."), HARD, NULL },
	{ "interlock-open", N_("Nắp máy in đang mở. Hãy đóng nắp."), HARD, NULL },
	{ "input-tray-missing", N_("Máy in thiếu khay giấy. Hãy lắp khay."), HARD, NULL },
	{ "output-area-full", N_("Khay giấy ra của máy in đã đầy. Hãy lấy giấy ra."), HARD, NULL },
	{ "toner-empty", N_("Máy in hết mực. Hãy thay mực."), HARD, NULL },
	{ "marker-supply-empty", N_("Máy in hết mực. Hãy thay mực."), HARD, NULL },
	{ "offline", N_("Máy in không trả lời. Hãy xem máy in đã bật và cắm mạng chưa."), HARD, NULL },
	{ "shutdown", N_("Máy in không trả lời. Hãy xem máy in đã bật và cắm mạng chưa."), HARD, NULL },
	{ "timed-out", N_("Máy in không trả lời. Hãy xem máy in đã bật và cắm mạng chưa."), HARD, NULL },
	{ "connecting-to-device", N_("Máy in không trả lời. Hãy xem máy in đã bật và cắm mạng chưa."), PASSING, NULL },
	{ "paused", N_("Máy in đang tạm dừng. Hãy báo người quản trị mở lại."), HARD, NULL },
	{ "moving-to-paused", N_("Máy in đang tạm dừng. Hãy báo người quản trị mở lại."), HARD, NULL },
	{ "media-low", NULL, HARD, N_("Máy in sắp hết giấy, hãy chuẩn bị giấy mới.") },
	{ "toner-low", NULL, HARD, N_("Máy in sắp hết mực.") },
	{ "marker-supply-low", NULL, HARD, N_("Máy in sắp hết mực.") },
};
enum { REASONS = sizeof reasons / sizeof *reasons };

static bool cut_ending(char *word, const char *ending)
{
	size_t n = strlen(word), m = strlen(ending);
	if (n <= m || strcmp(word + n - m, ending) != 0)
		return false;
	word[n - m] = '\0';
	return true;
}

static void first_of(int *kept, int found)
{
	if (!*kept || found < *kept)
		*kept = found;
}

/* A report is history: it says what was; CUPS keeps it until the next job. */
static void take_reason(struct ipp_said *said, char *word)
{
	if (strcmp(word, "none") == 0 || cut_ending(word, "-report"))
		return;
	bool mild = cut_ending(word, "-warning");
	if (!mild)
		(void)cut_ending(word, "-error");
	for (int i = 0; i < REASONS; i++) {
		if (strcmp(reasons[i].word, word) != 0)
			continue;
		if (reasons[i].trouble)
			said->seen = i + 1;
		bool stops = reasons[i].trouble && (!mild || reasons[i].kind == HARD);
		if (reasons[i].kind != PASSING)
			first_of(stops ? &said->trouble : &said->warning, i + 1);
		return;
	}
	if (!mild)
		snprintf(said->reason, sizeof said->reason, "%s", word);
}

static void take_word(struct ipp_said *said, const char *text)
{
	struct arena arena = { 0 };
	const char *mended = text_mend(&arena, text, strlen(text));
	size_t n = strlen(mended);
	if (n >= sizeof said->word)
		n = sizeof said->word - 1;
	while (n > 0 && ((unsigned char)mended[n] & 0xc0) == 0x80)
		n--;
	memcpy(said->word, mended, n);
	said->word[n] = '\0';
	arena_free(&arena);
}

static void take_line(struct ipp_said *said, char *line)
{
	char *value = strchr(line, ' ');
	if (value)
		*value++ = '\0';
	if (strcmp(line, "report") == 0) {
		said->trouble = said->warning = 0;
		said->reason[0] = said->word[0] = '\0';
	} else if (value && strcmp(line, "reason") == 0) {
		take_reason(said, value);
	} else if (value && strcmp(line, "word") == 0) {
		take_word(said, value);
	} else if (strcmp(line, "unfit") == 0) {
		said->unfit = true;
	} else if (value && strcmp(line, "job") == 0) {
		said->job = strtol(value, NULL, 10);
	} else if (value && strcmp(line, "end") == 0) {
		for (int i = SAID_NOTHING + 1; i < SAID_END_COUNT; i++)
			if (strcmp(end_words[i], value) == 0)
				said->end = (enum ipp_end)i;
	}
}

bool ipp_hear(struct ipp_said *said, const char *bytes, size_t size)
{
	bool whole = false;
	for (size_t i = 0; i < size; i++) {
		if (bytes[i] == '\n') {
			said->line[said->used] = '\0';
			if (!said->too_long && said->end == SAID_NOTHING)
				take_line(said, said->line);
			said->used = 0;
			said->too_long = false;
			whole = true;
		} else if (said->used + 1 < sizeof said->line) {
			said->line[said->used++] = bytes[i];
		} else {
			said->too_long = true;
		}
	}
	return whole;
}

const char *ipp_trouble(const struct ipp_said *said)
{
	return said->trouble ? _(reasons[said->trouble - 1].trouble) : "";
}

const char *ipp_warning(const struct ipp_said *said)
{
	const struct reason *reason = said->warning ? &reasons[said->warning - 1] : NULL;
	return !reason ? "" : _(reason->warning ? reason->warning : reason->trouble);
}

/* What it says of itself: our sentence, else its own words, else the keyword. */
static void add_cause(struct error *err, const struct ipp_said *said)
{
	const char *own = said->seen ? _(reasons[said->seen - 1].trouble) : ipp_warning(said);
	size_t used = strlen(err->say);
	if (*own)
		snprintf(err->say + used, sizeof err->say - used, " %s", own);
	else if (said->word[0])
		snprintf(err->say + used, sizeof err->say - used, _(" Máy in nói: “%s”."), said->word);
	else if (said->reason[0])
		snprintf(err->say + used, sizeof err->say - used, _(" Máy in nói: “%s”."), said->reason);
}

static const char *media_name(const char *media)
{
	return !media ? "" : strcmp(media, "a5") == 0 ? "A5" : "A4";
}

bool ipp_verdict(const struct ipp_said *said, const char *address, const char *media, bool *unsure,
                 struct error *err)
{
	*unsure = said->end == SAID_LOST || (said->end == SAID_NOTHING && said->job);
	switch (said->end) {
	case SAID_READY:
	case SAID_DONE:
	case SAID_LOST: return true;
	case SAID_NOTHING:
		if (said->job)
			return true;
		fail(err, FAULT_BUG, "%s", _("Chương trình in phụ dừng giữa chừng. Hãy in lại; nếu vẫn vậy, báo người quản trị."));
		break;
	case SAID_GONE:
		fail(err, FAULT_DEVICE, _("Máy in %s không trả lời. Hãy xem máy in đã bật và cắm mạng chưa."), address);
		break;
	case SAID_UNKNOWN:
		fail(err, FAULT_DEVICE, _("Không có máy in tên %s. Hãy báo người quản trị xem lại cấu hình."), address);
		break;
	case SAID_STOPPED:
		fail(err, FAULT_DEVICE, "%s", _("Máy in đang dừng, chưa gửi gì."));
		add_cause(err, said);
		break;
	case SAID_REJECTS:
		fail(err, FAULT_DEVICE, "%s", _("Máy in đang không nhận việc in. Hãy báo người quản trị."));
		break;
	case SAID_MEDIA:
		fail(err, FAULT_DEVICE, _("Máy in %s không có khổ giấy %s, chưa gửi gì. Hãy chuyển sang máy in khác."),
		     address, media_name(media));
		break;
	case SAID_FORMAT:
		fail(err, FAULT_DEVICE, _("Máy in %s không đọc được PDF. Hãy báo người quản trị nối nó qua CUPS."), address);
		break;
	case SAID_REFUSED:
		fail(err, FAULT_DEVICE, "%s", _("Máy in từ chối giấy này."));
		add_cause(err, said);
		break;
	case SAID_CANCELED:
		fail(err, FAULT_DEVICE, "%s", _("Máy in đã bỏ giấy này, không in xong."));
		add_cause(err, said);
		break;
	default:
		fail(err, FAULT_DEVICE, "%s", _("Máy in không in xong trong thời gian chờ, đã huỷ."));
		add_cause(err, said);
		break;
	}
	return because(err, "ipp %s: %s, reasons %s%s%s, \"%s\"", address,
	               said->end ? ipp_end_word(said->end) : "helper died",
	               said->seen ? reasons[said->seen - 1].word : "", said->seen && said->reason[0] ? "," : "",
	               said->reason, said->word);
}
