/* SPDX-License-Identifier: Apache-2.0
 *
 * The shapes of the reference files.  A file's columns are those of the table
 * it is loaded into, so that import and export are one shape. */
#include "core/dossier/table.h"

#define TEXT(n)          { .name = n, .type = TABLE_TEXT }
#define NAME(n)          { .name = n, .type = TABLE_TEXT, .required = true }
#define NAME_KEY(n)      { .name = n, .type = TABLE_TEXT, .key = true }
#define DAY(n)           { .name = n, .type = TABLE_DAY }
#define FLAG(n)          { .name = n, .type = TABLE_FLAG, .required = true }
#define DIGITS(n, m)     { .name = n, .type = TABLE_DIGITS, .required = true, .most = m }
#define DIGITS_KEY(n, m) { .name = n, .type = TABLE_DIGITS, .required = true, .key = true, .most = m }
#define COUNT_(n, a, b)  { .name = n, .type = TABLE_COUNT, .required = true, .least = a, .most = b }
#define COUNT_KEY(n, a, b) \
	{ .name = n, .type = TABLE_COUNT, .required = true, .key = true, .least = a, .most = b }
#define CHOICE(n, list)  { .name = n, .type = TABLE_CHOICE, .choices = list }
#define CHOICE_SURE(n, list) { .name = n, .type = TABLE_CHOICE, .required = true, .choices = list }
#define WORD_KEY(n)      { .name = n, .type = TABLE_WORD, .required = true, .key = true }
#define PROCEDURE_KEY(n) \
	{ .name = n, .type = TABLE_CODE, .required = true, .key = true, .refers = "procedures" }
#define VALIDITY         DAY("valid_from"), DAY("valid_to")

#define UNITS  "none|working_day|day|hour|working_hour|month|same_day"
#define TRUST  "high|medium|low"
#define CHANNEL_KEY COUNT_KEY("channel", 0, 3)

static const struct table_column provinces[] = {
	DIGITS_KEY("code", 2), NAME("name"), NAME("full_name"), CHOICE_SURE("kind", "tỉnh|thành phố"),
	{ .name = "eid", .type = TABLE_EID, .required = true }, FLAG("eid_confirmed"),
	TEXT("old_codes"), TEXT("variants"), VALIDITY, TEXT("note"),
};
static const struct table_column communes[] = {
	DIGITS_KEY("code", 5), NAME("name"), NAME("full_name"),
	CHOICE_SURE("kind", "xã|phường|đặc khu"),
	{ .name = "province_code", .type = TABLE_DIGITS, .required = true, .most = 2,
	  .refers = "provinces" },
	{ .name = "eid", .type = TABLE_EID }, TEXT("variants"), VALIDITY, TEXT("note"),
};
static const struct table_column card_codes[] = {
	DIGITS_KEY("code", 3), NAME("name"),
	{ .name = "province_code", .type = TABLE_DIGITS, .required = true, .most = 2,
	  .refers = "provinces" },
	TEXT("note"),
};
static const struct table_column ministries[] = {
	WORD_KEY("code"), NAME("name"), NAME("short_name"),
	{ .name = "eid", .type = TABLE_EID, .required = true }, FLAG("eid_confirmed"),
};
static const struct table_column systems[] = {
	WORD_KEY("code"), NAME("name"), CHOICE_SURE("family", "ndxp|igate|json|manual"), TEXT("ministry"),
	TEXT("host"), TEXT("note"),
};
static const struct table_column procedures[] = {
	{ .name = "code", .type = TABLE_CODE, .required = true, .key = true }, NAME("name"),
	TEXT("short_name"), { .name = "short_code", .type = TABLE_TEXT, .most = 12 }, NAME("field"),
	NAME("ministry"), NAME("level"), CHOICE("channels", "1|2|3|12|13|23|123"), TEXT("result_name"),
	TEXT("result_code"), TEXT("online_level"), TEXT("subjects"), TEXT("decision"),
	TEXT("deciding_unit"), TEXT("interlinked"), FLAG("same_day_rule"), FLAG("immediate"),
	FLAG("offered"), CHOICE("confidence", TRUST), VALIDITY, TEXT("note"),
};
static const struct table_column cases[] = {
	PROCEDURE_KEY("procedure_code"), COUNT_("seq", 1, 999),
	{ .name = "name", .type = TABLE_TEXT, .required = true, .key = true },
};
static const struct table_column components[] = {
	PROCEDURE_KEY("procedure_code"), COUNT_KEY("seq", 1, 9999), NAME("name"), TEXT("case_name"),
	CHOICE("section", "nop|xuat_trinh|luu_y|huong_dan"),
	CHOICE_SURE("requirement", "required|required_in_case|conditional|optional|note"),
	COUNT_("originals", 0, 99), COUNT_("copies", 0, 99), TEXT("condition"), TEXT("form_number"),
	TEXT("form_file"), FLAG("reusable"), TEXT("reusable_basis"), COUNT_("channel", 0, 3),
	FLAG("when_represented"), FLAG("confirmed"), TEXT("basis"), CHOICE("confidence", TRUST),
	VALIDITY, TEXT("note"),
};
static const struct table_column limits[] = {
	PROCEDURE_KEY("procedure_code"), NAME_KEY("case_name"), CHANNEL_KEY,
	{ .name = "value", .type = TABLE_NUMBER, .required = true }, CHOICE_SURE("unit", UNITS),
	{ .name = "legal_value", .type = TABLE_NUMBER, .required = true }, FLAG("confirmed"),
	TEXT("basis"), TEXT("note"), { .name = "valid_from", .type = TABLE_DAY, .key = true },
	DAY("valid_to"),
};
static const struct table_column fees[] = {
	PROCEDURE_KEY("procedure_code"), NAME_KEY("case_name"), CHANNEL_KEY, COUNT_("seq", 1, 99),
	{ .name = "name", .type = TABLE_TEXT, .required = true, .key = true },
	{ .name = "amount", .type = TABLE_COUNT, .most = 2000000000 }, TEXT("per"),
	FLAG("set_locally"), FLAG("confirmed"), TEXT("basis"), TEXT("published"),
	{ .name = "valid_from", .type = TABLE_DAY, .key = true }, DAY("valid_to"),
};
/* NQ 66.7/2025/NQ-CP names procedures of every level, most of them not ours. */
static const struct table_column replacements[] = {
	COUNT_KEY("seq", 1, 99999),
	{ .name = "procedure_code", .type = TABLE_CODE, .required = true }, NAME("paper"),
	TEXT("database"), TEXT("database_key"), TEXT("database_owner"), NAME("basis"), VALIDITY,
	TEXT("note"),
};
static const struct table_column interlinked[] = {
	{ .name = "group_code", .type = TABLE_TEXT, .required = true, .key = true, .most = 12 },
	COUNT_KEY("seq", 1, 99), NAME("group_name"), NAME("member"),
	{ .name = "procedure_code", .type = TABLE_CODE }, TEXT("body"),
	{ .name = "value", .type = TABLE_NUMBER }, CHOICE("unit", UNITS), TEXT("basis"),
	CHOICE("confidence", TRUST), TEXT("note"),
};
static const struct table_column holidays[] = {
	{ .name = "day", .type = TABLE_DAY, .required = true, .key = true },
	{ .name = "kind", .type = TABLE_CHOICE, .required = true, .key = true,
	  .choices = "statutory|compensation|swap_off|makeup_work|closed" },
	CHOICE_SURE("status", "official|rule|predicted"), NAME("name"), NAME("basis"),
	COUNT_("hours_of", 0, 7), TEXT("note"),
};
static const struct table_column shifts[] = {
	DIGITS_KEY("unit_code", 5), COUNT_KEY("weekday", 1, 7),
	{ .name = "opens", .type = TABLE_TIME, .required = true, .key = true },
	{ .name = "closes", .type = TABLE_TIME, .required = true }, FLAG("intake"), FLAG("working"),
	{ .name = "valid_from", .type = TABLE_DAY, .key = true }, DAY("valid_to"),
};
/* Where fees are transferred to. */
static const struct table_column bank_accounts[] = {
	DIGITS_KEY("unit_code", 5), DIGITS("bin", 6), NAME("bank"),
	{ .name = "account", .type = TABLE_TEXT, .required = true, .most = 19 }, NAME("holder"), TEXT("basis"),
	{ .name = "valid_from", .type = TABLE_DAY, .key = true }, DAY("valid_to"),
};
/* A unit's internal procedure (quy trình nội bộ): who does what within which part of the limit. */
static const struct table_column steps[] = {
	PROCEDURE_KEY("procedure_code"), NAME_KEY("case_name"), COUNT_KEY("seq", 1, 99), NAME("name"), NAME("role"),
	CHOICE_SURE("held_by", "desk|room|agency"), { .name = "value", .type = TABLE_NUMBER, .required = true },
	CHOICE_SURE("unit", "working_day|working_hour"), NAME("basis"), TEXT("note"),
	{ .name = "valid_from", .type = TABLE_DAY, .key = true }, DAY("valid_to"),
};
static const struct table_column routes[] = {
	COUNT_KEY("rule_id", 1, 999999),
	{ .name = "procedure_code", .type = TABLE_CODE, .refers = "procedures" }, TEXT("ministry"),
	TEXT("field"), TEXT("level"), TEXT("case_name"), TEXT("deciding_unit"),
	{ .name = "system", .type = TABLE_WORD, .required = true, .refers = "systems" },
	TEXT("told"), { .name = "valid_from", .type = TABLE_DAY, .required = true }, DAY("valid_to"),
	NAME("notice"), NAME("decided_by"), TEXT("note"),
};
/* Rules that units entered themselves, each with who adopted and ended it, by which notice and after
 * which trial: a JSON array, oldest first (schema/0203_unit_routes.sql). */
static const struct table_column unit_routes[] = {
	DIGITS("unit_code", 5), COUNT_KEY("rule_id", 1000001, 2000000000),
	{ .name = "procedure_code", .type = TABLE_CODE, .refers = "procedures" }, TEXT("ministry"),
	TEXT("field"), TEXT("level"), TEXT("case_name"), TEXT("deciding_unit"),
	{ .name = "system", .type = TABLE_WORD, .required = true, .refers = "systems" },
	TEXT("told"), { .name = "valid_from", .type = TABLE_DAY, .required = true }, DAY("valid_to"),
	NAME("notice"), NAME("decided_by"), TEXT("note"), NAME("entries"),
};
static const struct table_column units[] = {
	DIGITS_KEY("code", 5), { .name = "eid", .type = TABLE_EID, .required = true }, NAME("name"),
	NAME("parent_name"), NAME("organisation"), NAME("office"), NAME("place"),
	DIGITS("province_code", 2), TEXT("phone"), TEXT("lookup_url"), FLAG("practice"),
};
static const struct table_column counters[] = {
	DIGITS_KEY("unit_code", 5),
	{ .name = "code", .type = TABLE_TEXT, .required = true, .key = true, .most = 12 },
	NAME("name"), TEXT("room"),
};
/* A password stands only in the practice world's file; real clerks get theirs
 * from a supervisor. */
static const struct table_column clerks[] = {
	WORD_KEY("login"), NAME("full_name"), NAME("title"), DIGITS("unit_code", 5),
	FLAG("is_supervisor"), TEXT("phone"), TEXT("email"), TEXT("password"),
};

#define KIND(table, path) { #table, path, table, sizeof table / sizeof *table, false }
const struct table_kind table_kinds[] = {
	KIND(provinces, "provinces.tsv"),
	KIND(communes, "communes.tsv"),
	KIND(card_codes, "card_codes.tsv"),
	KIND(ministries, "ministries.tsv"),
	KIND(systems, "systems.tsv"),
	KIND(procedures, "procedures.tsv"),
	KIND(cases, "cases.tsv"),
	KIND(components, "components.tsv"),
	KIND(limits, "limits.tsv"),
	KIND(fees, "fees.tsv"),
	KIND(replacements, "replacements.tsv"),
	KIND(interlinked, "interlinked.tsv"),
	KIND(holidays, "holidays.tsv"),
	KIND(routes, "routes.tsv"),
	KIND(units, "practice/units.tsv"),
	KIND(counters, "practice/counters.tsv"),
	KIND(shifts, "practice/shifts.tsv"),
	KIND(bank_accounts, "practice/bank_accounts.tsv"),
	KIND(clerks, "practice/clerks.tsv"),
	KIND(steps, "practice/steps.tsv"),
	{ "unit_routes", "unit_routes.tsv", unit_routes, sizeof unit_routes / sizeof *unit_routes, true },
	{ 0 },
};
