/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/lifecycle.h — The ten statuses of the national portal.  The
 * database's transition table is the truth and screens ask it; this mirror
 * gives names, groups and the shape that tests compare with it. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

/*      name          number  the clerk reads                            group     */
#define STATUSES(X)                                                                 \
	X(REGISTERED,   1,  N_("Mới đăng ký"),                           NOT_IN)   \
	X(RECEIVED,     2,  N_("Được tiếp nhận"),                        WORKING)  \
	X(REFUSED,      3,  N_("Không được tiếp nhận"),                  NOT_IN)   \
	X(PROCESSING,   4,  N_("Đang xử lý"),                            WORKING)  \
	X(SUPPLEMENT,   5,  N_("Yêu cầu bổ sung giấy tờ"),               WAITING)  \
	X(PAYMENT,      6,  N_("Yêu cầu thực hiện nghĩa vụ tài chính"),  STOPPED)  \
	X(WITHDRAWN,    7,  N_("Công dân yêu cầu rút hồ sơ"),            GIVEN_BACK) \
	X(STOPPED,      8,  N_("Dừng xử lý"),                            STOPPED)  \
	X(DONE,         9,  N_("Đã xử lý xong"),                         FINISHED) \
	X(RETURNED,     10, N_("Đã trả kết quả"),                        FINISHED)

enum status {
	STATUS_NEW = 0, /* not in the books yet: only as "from" */
#define X(name, number, label, group) STATUS_##name = number,
	STATUSES(X)
#undef X
};
enum status_group {
	GROUP_NOT_IN,     /* chưa/không tiếp nhận */
	GROUP_WORKING,    /* đang xử lý           */
	GROUP_WAITING,    /* chờ bổ sung          */
	GROUP_STOPPED,    /* dừng                 */
	GROUP_GIVEN_BACK, /* trả lại              */
	GROUP_FINISHED,   /* đã xử lý             */
};

/* The name a clerk reads, "?" for a number outside 1…10. */
const char *status_name(int status);
enum status_group status_group(int status);
const char *status_group_name(enum status_group);
/* Open and its clock runs (1, 2, 4), so that it can become late; it stands still
 * while papers or money are waited for. */
bool status_running(int status);
/* Nothing follows but a new dossier. */
bool status_final(int status);

struct transition {
	int from, to;
	const char *act;      /* "receive", "ask_supplement" …: the database's names */
	const char *form;     /* "01" … "05", "" none                                */
	bool supervisor;      /* with a reason                                       */
};
/* Ends with { 0, 0, NULL, … }. */
extern const struct transition TRANSITIONS[];
/* The plain way between two statuses; NULL: there is none. */
const struct transition *transition_find(int from, int to);
/* The first way an act leads from there ("supplement" goes back to 2 or 4). */
const struct transition *transition_by(int from, const char *act);
