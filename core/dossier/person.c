/* SPDX-License-Identifier: Apache-2.0 */
#include "core/dossier/person.h"

#include <string.h>

#include "core/base/say.h"

#define DIGITS "0123456789"

const char *id_kind_stored(enum id_kind kind)
{
	static const char *const names[] = {
#define X(name, stored, label) stored,
		ID_KINDS(X)
#undef X
	};
	return kind < ID_KIND_COUNT ? names[kind] : "other";
}

const char *id_kind_name(enum id_kind kind)
{
	static const char *const names[] = {
#define X(name, stored, label) label,
		ID_KINDS(X)
#undef X
	};
	return kind < ID_KIND_COUNT ? _(names[kind]) : "";
}

const char *person_kind_stored(enum person_kind kind)
{
	return kind == PERSON_ORGANISATION ? "organisation" : "person";
}

struct person person_new(enum person_kind kind)
{
	return (struct person){
		.kind = kind, .name = "", .id_number = "", .birth = DAY_NONE, .sex = "",
		.phone = "", .email = "", .address = "", .commune = "", .province = "",
		.representative = "",
		.id_kind = kind == PERSON_ORGANISATION ? ID_TAX : ID_CCCD,
	};
}

static bool digits_only(const char *text, size_t n)
{
	return strlen(text) == n && strspn(text, DIGITS) == n;
}

bool citizen_number_says(const char *number, int *year, const char **sex)
{
	if (!digits_only(number, 12))
		return false;
	int century = number[3] - '0';
	*year = 1900 + century / 2 * 100 + (number[4] - '0') * 10 + (number[5] - '0');
	*sex = century % 2 ? "nữ" : "nam";
	return true;
}

/* The list of card codes may be absent; then nothing is said of the prefix. */
static bool prefix_unlisted(const char *number, const struct catalogue *catalogue)
{
	char prefix[4] = { number[0], number[1], number[2], '\0' };
	bool any = false;
	if (!catalogue)
		return false;
	for (size_t i = 0; i < catalogue->count[CATALOGUE_PLACES]; i++) {
		const struct place *place = &catalogue->places[i];
		if (place->kind != PLACE_CARD_CODE)
			continue;
		if (!strcmp(place->code, prefix))
			return false;
		any = true;
	}
	return any;
}

size_t citizen_number_doubts(const char *number, day_t birth, const char *sex,
                             const struct catalogue *catalogue, struct arena *arena,
                             struct lines *out)
{
	size_t before = out->count;
	const char *says;
	int year;
	if (!*number)
		return 0;
	if (!citizen_number_says(number, &year, &says)) {
		lines_add(out, arena, _("Số định danh phải có 12 chữ số."));
		return 1;
	}
	if (prefix_unlisted(number, catalogue))
		lines_add(out, arena,
		          _("Ba số đầu %.3s không có trong danh sách tỉnh (có thể đăng ký khai sinh "
		            "ở nước ngoài)."),
		          number);
	if (birth != DAY_NONE && day_date(birth).year != year)
		lines_add(out, arena, _("Số định danh ứng với năm sinh %d, giấy tờ ghi %d."), year,
		          day_date(birth).year);
	if (sex && *sex && strcmp(sex, says))
		lines_add(out, arena, _("Số định danh ứng với giới tính %s, giấy tờ ghi %s."), says,
		          sex);
	return out->count - before;
}

/* The tenth digit of a tax code: ten less the weighted sum modulo eleven. */
static bool tax_check(const char *number)
{
	static const int weights[] = { 31, 29, 23, 19, 17, 13, 7, 5, 3 };
	int sum = 0;
	for (size_t i = 0; i < 9; i++)
		sum += weights[i] * (number[i] - '0');
	return 10 - sum % 11 == number[9] - '0';
}

size_t organisation_number_doubts(const char *number, struct arena *arena, struct lines *out)
{
	size_t before = out->count;
	char plain[16];
	size_t n = 0;
	if (!*number)
		return 0;
	for (const char *at = number; *at && n < sizeof(plain) - 1; at++)
		if (!(*at == '-' && at - number == 10))
			plain[n++] = *at;
	plain[n] = '\0';
	bool ten = digits_only(plain, 10), thirteen = digits_only(plain, 13);
	if (digits_only(plain, 12) && !strchr(number, '-'))
		return 0;
	if (!ten && !thirteen)
		lines_add(out, arena, _("Mã số tổ chức thường có 10 hoặc 13 chữ số."));
	else if (!tax_check(plain))
		lines_add(out, arena, _("Mã số tổ chức không khớp số kiểm tra: xem lại giấy tờ."));
	return out->count - before;
}

size_t phone_doubts(const char *phone, struct arena *arena, struct lines *out)
{
	char plain[16];
	size_t n = 0;
	const char *at = phone;
	if (!*phone)
		return 0;
	if (!strncmp(at, "+84", 3)) {
		plain[n++] = '0';
		at += 3;
		if (*at == '0')
			at++;
	}
	for (; *at && n < sizeof(plain) - 1; at++)
		if (!strchr(" .-", *at))
			plain[n++] = *at;
	plain[n] = '\0';
	bool digits = strspn(plain, DIGITS) == n && !*at;
	bool mobile = n == 10 && plain[0] == '0' && strchr("35789", plain[1]);
	bool land = n == 11 && plain[0] == '0' && plain[1] == '2';
	bool hot = (n == 8 || n == 10) && (!strncmp(plain, "1800", 4) || !strncmp(plain, "1900", 4));
	if (digits && (mobile || land || hot))
		return 0;
	lines_add(out, arena, "%s", _("Số điện thoại không giống số ở Việt Nam."));
	return 1;
}

size_t email_doubts(const char *email, struct arena *arena, struct lines *out)
{
	if (!*email)
		return 0;
	const char *sign = strchr(email, '@');
	const char *dot = sign ? strrchr(sign, '.') : NULL;
	if (sign && sign != email && !strchr(sign + 1, '@') && dot && dot > sign + 1 && dot[1] &&
	    !strpbrk(email, " ,;<>\""))
		return 0;
	lines_add(out, arena, _("Địa chỉ thư điện tử không đúng dạng ten@mien.vn."));
	return 1;
}

size_t person_doubts(const struct person *person, const struct catalogue *catalogue,
                     struct arena *arena, struct lines *out)
{
	size_t before = out->count;
	switch (person->id_kind) {
	case ID_CCCD:
		citizen_number_doubts(person->id_number, person->birth, person->sex, catalogue,
		                      arena, out);
		break;
	case ID_TAX: organisation_number_doubts(person->id_number, arena, out); break;
	case ID_CMND:
		if (*person->id_number)
			lines_add(out, arena,
			          digits_only(person->id_number, 9)
			                  ? _("CMND 9 số không còn giá trị từ 01/01/2025: chỉ để "
			                      "đối chiếu hồ sơ cũ.")
			                  : _("CMND phải có 9 chữ số."));
		break;
	case ID_PASSPORT:
	case ID_OTHER:
	case ID_KIND_COUNT: break;
	}
	phone_doubts(person->phone, arena, out);
	email_doubts(person->email, arena, out);
	return out->count - before;
}
