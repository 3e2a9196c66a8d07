/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "core/scan/mark.h"

#define HEAD "MC-SEP-"

/* No 0 O 1 I: it is also read by eye. */
static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

bool mark_read(const char *text, struct mark *mark)
{
	size_t head = sizeof HEAD - 1;
	if (strncmp(text, HEAD, head) != 0 || strlen(text) != head + MARK_SESSION + 3)
		return false;
	const char *session = text + head, *paper = session + MARK_SESSION + 1;
	if (strspn(session, letters) != MARK_SESSION || paper[-1] != '-' ||
	    strspn(paper, "0123456789") != 2)
		return false;
	memcpy(mark->session, session, MARK_SESSION);
	mark->session[MARK_SESSION] = '\0';
	mark->paper = (paper[0] - '0') * 10 + paper[1] - '0';
	return mark->paper >= 1;
}

void mark_write(const struct mark *mark, char *out, size_t room)
{
	snprintf(out, room, HEAD "%s-%02d", mark->session, mark->paper);
}

void mark_session(const unsigned char bytes[MARK_SESSION], char out[MARK_SESSION + 1])
{
	for (int i = 0; i < MARK_SESSION; i++)
		out[i] = letters[bytes[i] % (sizeof letters - 1)];
	out[MARK_SESSION] = '\0';
}
