/* SPDX-License-Identifier: Apache-2.0 */
#include "core/dossier/card.h"

#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"

#define DIGITS "0123456789"
#define PAYLOAD_MOST 2953 /* bytes of the largest QR (ISO/IEC 18004, 40-L) */
#define PARTS_MOST 32
#define NAME_MOST 100     /* graphemes */
#define ADDRESS_MOST 300

/* What some keyboards make of '|'. */
#define SEPARATORS "|~^;\\#_"

struct reading {
	struct arena *arena;
	struct card *card;
	char *parts[PARTS_MOST];
	size_t count;
	bool mangled; /* accented text passed through an input method or broke */
};

static void at_least(struct card *card, enum card_verdict verdict)
{
	if (verdict > card->verdict)
		card->verdict = verdict;
}

static void doubt(struct reading *in, enum card_verdict verdict, const char *text)
{
	at_least(in->card, verdict);
	lines_add(&in->card->doubts, in->arena, "%s", text);
}

static bool digits_only(const char *text, size_t n)
{
	return strlen(text) == n && strspn(text, DIGITS) == n;
}

/* Blanks around, and the symbology mark "]Q3" that some scanners put first. */
static const char *trim(const char *bytes, size_t *n)
{
	while (*n && (unsigned char)*bytes <= ' ') {
		bytes++;
		--*n;
	}
	if (*n > 3 && bytes[0] == ']' && bytes[1] == 'Q' && bytes[2] >= '0' && bytes[2] <= '9') {
		bytes += 3;
		*n -= 3;
	}
	while (*n && (unsigned char)bytes[*n - 1] <= ' ')
		--*n;
	return bytes;
}

bool card_looks_like(const char *bytes, size_t n)
{
	bytes = trim(bytes, &n);
	for (size_t i = 0; i < 12; i++)
		if (i >= n || bytes[i] < '0' || bytes[i] > '9')
			return false;
	return n == 12 || (bytes[12] && strchr(SEPARATORS, bytes[12]));
}

static char *trim_part(char *text)
{
	while (*text == ' ')
		text++;
	size_t n = strlen(text);
	while (n && text[n - 1] == ' ')
		text[--n] = '\0';
	return text;
}

/* '|' unless the keyboard made another sign of it: then the one after the
 * number. */
static char separator(struct reading *in, const char *text)
{
	if (strspn(text, DIGITS) != 12 || !text[12] || text[12] == '|' ||
	    !strchr(SEPARATORS, text[12]))
		return '|';
	doubt(in, CARD_WARN, _("Máy quét gõ sai dấu ngăn cách: đặt lại bàn phím của máy quét."));
	return text[12];
}

static void split(struct reading *in, char *text)
{
	char sign = separator(in, text);
	while (in->count < PARTS_MOST) {
		char *end = strchr(text, sign);
		if (end)
			*end = '\0';
		in->parts[in->count++] = trim_part(text);
		if (!end)
			break;
		text = end + 1;
	}
}

static bool read_number(struct reading *in)
{
	struct card *card = in->card;
	if (!digits_only(in->parts[0], 12)) {
		doubt(in, CARD_REFUSE, _("Mã không phải của thẻ căn cước: không thấy 12 chữ số ở đầu."));
		return false;
	}
	memcpy(card->number, in->parts[0], sizeof(card->number));
	card->trust[CARD_NUMBER] = CARD_TRUSTED;
	return true;
}

static void read_old_number(struct reading *in, const char *text)
{
	struct card *card = in->card;
	if (digits_only(text, 9)) {
		memcpy(card->old_number, text, 10);
		card->trust[CARD_OLD_NUMBER] = CARD_TRUSTED;
	} else if (*text) {
		doubt(in, CARD_WARN, _("Số CMND cũ trong mã không phải 9 chữ số: bỏ qua."));
	}
}

/* A text field: kept when it may be what is printed, else left empty. */
static const char *read_text(struct reading *in, enum card_field field, const char *text,
                             size_t most, const char *absent, const char *too_long)
{
	if (!*text) {
		doubt(in, CARD_WARN, absent);
		return "";
	}
	if (text_count(text) > most) {
		doubt(in, CARD_WARN, too_long);
		return "";
	}
	in->card->trust[field] = CARD_TRUSTED;
	return text;
}

static void read_name(struct reading *in, char *text)
{
	struct card *card = in->card;
	card->name = read_text(in, CARD_NAME, text, NAME_MOST,
	                       _("Mã không có họ tên: nhập theo thẻ."),
	                       _("Họ tên trong mã dài bất thường: nhập theo thẻ."));
	if (strpbrk(card->name, DIGITS "<>{}[]=\\/\"")) {
		card->trust[CARD_NAME] = CARD_DOUBTED;
		doubt(in, CARD_WARN, _("Họ tên trong mã có ký tự lạ: đối chiếu với thẻ."));
	}
}

static day_t read_day(struct reading *in, enum card_field field, const char *text,
                      const char *unreadable)
{
	day_t day = *text ? day_read(text) : DAY_NONE;
	if (day == DAY_NONE)
		doubt(in, CARD_WARN, unreadable);
	else
		in->card->trust[field] = CARD_TRUSTED;
	return day;
}

/* "Nam" and "Nữ" exactly; "Năm" is what Telex makes of "Nam" and a letter more,
 * and then no accented word in the burst can be relied on. */
static void read_sex(struct reading *in, char *text)
{
	struct card *card = in->card;
	const char *lower = text_lower(in->arena, text);
	card->sex = !strcmp(lower, "nam") ? "nam" : !strcmp(lower, "nữ") ? "nữ" : "";
	if (*card->sex) {
		card->trust[CARD_SEX] = CARD_TRUSTED;
	} else if (*text) {
		in->mangled = true;
		doubt(in, CARD_ASK,
		      _("Chữ có dấu bị bộ gõ làm sai khi quét: đối chiếu họ tên, địa chỉ với thẻ."));
	} else {
		doubt(in, CARD_WARN, _("Mã không ghi giới tính: chọn theo thẻ."));
	}
}

/* The day of issue may have the next card's number on its heels. */
static void read_issued(struct reading *in, char *text)
{
	size_t digits = strspn(text, DIGITS);
	bool glued = digits >= 20 && !text[digits];
	if (glued)
		text[8] = '\0';
	for (size_t i = 7; !glued && i + 6 < in->count; i++)
		glued = digits_only(in->parts[i], 12) && digits_only(in->parts[i + 3], 8) &&
		        digits_only(in->parts[i + 6], 8);
	if (glued)
		doubt(in, CARD_WARN, _("Hai thẻ quét liền nhau: chỉ lấy thẻ thứ nhất, quét lại thẻ sau."));
	in->card->issued = read_day(in, CARD_ISSUED, text,
	                            _("Ngày cấp trong mã không đọc được: nhập theo thẻ."));
}

/* Contradictions are marked, never corrected and never block. */
static void compare(struct reading *in, const struct catalogue *catalogue)
{
	struct card *card = in->card;
	const char *sex;
	int year;
	size_t doubts = citizen_number_doubts(card->number, card->birth, card->sex, catalogue,
	                                      in->arena, &card->doubts);
	if (doubts)
		at_least(card, CARD_WARN);
	citizen_number_says(card->number, &year, &sex);
	if (card->birth != DAY_NONE && day_date(card->birth).year != year) {
		card->trust[CARD_BIRTH] = CARD_DOUBTED;
		doubts--;
	}
	if (*card->sex && strcmp(card->sex, sex)) {
		card->trust[CARD_SEX] = CARD_DOUBTED;
		doubts--;
	}
	if (doubts) /* what is left concerns the first three digits */
		card->trust[CARD_NUMBER] = CARD_DOUBTED;
	if (card->issued != DAY_NONE && card->birth != DAY_NONE && card->issued < card->birth) {
		card->trust[CARD_ISSUED] = CARD_DOUBTED;
		doubt(in, CARD_WARN, _("Ngày cấp trước ngày sinh: đối chiếu với thẻ."));
	}
}

/* Foreign bytes become a line of NFC text; false when there is nothing in it. */
static char *take(struct reading *in, const char *bytes, size_t n)
{
	const char *text;
	bytes = trim(bytes, &n);
	if (!n || n > PAYLOAD_MOST) {
		doubt(in, CARD_REFUSE, n ? _("Mã dài hơn mã QR của thẻ căn cước.")
		                         : _("Máy quét không gửi gì."));
		return NULL;
	}
	if (!text_take(in->arena, bytes, n, &text, NULL)) {
		text = text_mend(in->arena, bytes, n);
		in->mangled = true;
		doubt(in, CARD_ASK, _("Mã có chữ bị hỏng khi truyền: đối chiếu họ tên, địa chỉ với thẻ."));
	}
	return arena_string(in->arena, text);
}

static void propose(struct card *card, enum card_field field)
{
	if (card->trust[field] == CARD_TRUSTED)
		card->trust[field] = CARD_PROPOSED;
}

static void read_parts(struct reading *in, const struct catalogue *catalogue)
{
	static char nothing[1];
	char *parts[7];
	for (size_t i = 0; i < 7; i++)
		parts[i] = i < in->count ? in->parts[i] : nothing;
	if (in->count < 7)
		doubt(in, CARD_ASK, _("Mã thiếu trường: quét lại hoặc nhập phần còn lại theo thẻ."));
	read_old_number(in, parts[1]);
	read_name(in, parts[2]);
	in->card->birth = read_day(in, CARD_BIRTH, parts[3],
	                           _("Ngày sinh trong mã không đọc được: nhập theo thẻ."));
	read_sex(in, parts[4]);
	in->card->address = read_text(in, CARD_ADDRESS, parts[5], ADDRESS_MOST,
	                              _("Mã không có địa chỉ: nhập theo thẻ."),
	                              _("Địa chỉ trong mã dài bất thường: nhập theo thẻ."));
	read_issued(in, parts[6]);
	compare(in, catalogue);
}

void card_read(struct arena *arena, const char *bytes, size_t n, enum card_source source,
               const struct catalogue *catalogue, struct card *out)
{
	*out = (struct card){ .name = "", .sex = "", .address = "", .birth = DAY_NONE,
		              .issued = DAY_NONE };
	struct reading in = { .arena = arena, .card = out };
	char *text = take(&in, bytes, n);
	if (!text)
		return;
	split(&in, text);
	if (!read_number(&in))
		return;
	if (in.count == 1) {
		doubt(&in, CARD_ASK, _("Mã chỉ có số định danh: nhập phần còn lại theo thẻ."));
		compare(&in, catalogue);
		return;
	}
	read_parts(&in, catalogue);
	if (in.mangled || source == CARD_KEYBOARD) {
		propose(out, CARD_NAME);
		propose(out, CARD_ADDRESS);
		at_least(out, CARD_ASK);
	}
}

void card_person(const struct card *card, struct person *person)
{
	if (card->trust[CARD_NUMBER] == CARD_ABSENT)
		return;
	person->kind = PERSON_CITIZEN;
	person->id_kind = ID_CCCD;
	person->id_number = card->number;
	if (card->trust[CARD_NAME] != CARD_ABSENT)
		person->name = card->name;
	if (card->trust[CARD_BIRTH] != CARD_ABSENT)
		person->birth = card->birth;
	if (card->trust[CARD_SEX] != CARD_ABSENT)
		person->sex = card->sex;
	if (card->trust[CARD_ADDRESS] != CARD_ABSENT)
		person->address = card->address;
}
