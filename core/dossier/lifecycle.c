/* SPDX-License-Identifier: Apache-2.0 */
#include "core/dossier/lifecycle.h"

#include <string.h>

#include "core/base/say.h"

const char *status_name(int status)
{
	switch (status) {
#define X(name, number, label, group) \
	case number: return _(label);
		STATUSES(X)
#undef X
	}
	return "?";
}

enum status_group status_group(int status)
{
	switch (status) {
#define X(name, number, label, group) \
	case number: return GROUP_##group;
		STATUSES(X)
#undef X
	}
	return GROUP_NOT_IN;
}

const char *status_group_name(enum status_group group)
{
	switch (group) {
	case GROUP_NOT_IN: return _("chưa/không tiếp nhận");
	case GROUP_WORKING: return _("đang xử lý");
	case GROUP_WAITING: return _("chờ bổ sung");
	case GROUP_STOPPED: return _("dừng");
	case GROUP_GIVEN_BACK: return _("trả lại");
	case GROUP_FINISHED: return _("đã xử lý");
	}
	return "?";
}

bool status_running(int status)
{
	return status == STATUS_REGISTERED || status == STATUS_RECEIVED || status == STATUS_PROCESSING;
}

bool status_final(int status)
{
	return status == STATUS_REFUSED || status == STATUS_RETURNED;
}

/* A reading of several texts, not a text; equal to the table motcua.transition. */
const struct transition TRANSITIONS[] = {
	{ STATUS_NEW, STATUS_REGISTERED, "register", "", false },
	{ STATUS_NEW, STATUS_RECEIVED, "receive", "01", false },
	{ STATUS_REGISTERED, STATUS_RECEIVED, "receive", "01", false },
	{ STATUS_REGISTERED, STATUS_REFUSED, "refuse", "03", false },
	{ STATUS_REGISTERED, STATUS_SUPPLEMENT, "ask_supplement", "02", false },
	{ STATUS_RECEIVED, STATUS_PROCESSING, "process", "", false },
	{ STATUS_RECEIVED, STATUS_SUPPLEMENT, "ask_supplement", "02", false },
	{ STATUS_PROCESSING, STATUS_SUPPLEMENT, "ask_supplement", "02", false },
	{ STATUS_SUPPLEMENT, STATUS_RECEIVED, "supplement", "", false },
	{ STATUS_SUPPLEMENT, STATUS_PROCESSING, "supplement", "", false },
	{ STATUS_SUPPLEMENT, STATUS_REFUSED, "refuse", "03", false },
	{ STATUS_SUPPLEMENT, STATUS_STOPPED, "stop", "05", false },
	{ STATUS_PROCESSING, STATUS_PAYMENT, "ask_payment", "", false },
	{ STATUS_PAYMENT, STATUS_PROCESSING, "pay", "", false },
	{ STATUS_REGISTERED, STATUS_WITHDRAWN, "withdraw", "05", false },
	{ STATUS_RECEIVED, STATUS_WITHDRAWN, "withdraw", "05", false },
	{ STATUS_PROCESSING, STATUS_WITHDRAWN, "withdraw", "05", false },
	{ STATUS_SUPPLEMENT, STATUS_WITHDRAWN, "withdraw", "05", false },
	{ STATUS_PAYMENT, STATUS_WITHDRAWN, "withdraw", "05", false },
	{ STATUS_WITHDRAWN, STATUS_STOPPED, "stop", "05", false },
	{ STATUS_RECEIVED, STATUS_STOPPED, "stop", "05", true },
	{ STATUS_PROCESSING, STATUS_STOPPED, "stop", "05", true },
	{ STATUS_STOPPED, STATUS_PROCESSING, "resume", "", true },
	{ STATUS_RECEIVED, STATUS_DONE, "finish", "", false },
	{ STATUS_PROCESSING, STATUS_DONE, "finish", "", false },
	{ STATUS_RECEIVED, STATUS_DONE, "decline", "03", false },
	{ STATUS_PROCESSING, STATUS_DONE, "decline", "03", false },
	{ STATUS_DONE, STATUS_RETURNED, "return", "", false },
	{ STATUS_DONE, STATUS_PROCESSING, "recall", "", true },
	{ 0, 0, NULL, NULL, false },
};

const struct transition *transition_find(int from, int to)
{
	for (const struct transition *t = TRANSITIONS; t->act; t++)
		if (t->from == from && t->to == to)
			return t;
	return NULL;
}

const struct transition *transition_by(int from, const char *act)
{
	for (const struct transition *t = TRANSITIONS; t->act; t++)
		if (t->from == from && strcmp(t->act, act) == 0)
			return t;
	return NULL;
}
