/* SPDX-License-Identifier: Apache-2.0 */
#include "core/sign/pin.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "core/base/say.h"

bool pin_hold(struct pin *pin, struct error *err)
{
	*pin = (struct pin){ 0 };
	void *page = mmap(NULL, PIN_ROOM, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (page != MAP_FAILED && mlock2(page, PIN_ROOM, 0) == 0 && madvise(page, PIN_ROOM, MADV_DONTDUMP) == 0 &&
	    madvise(page, PIN_ROOM, MADV_WIPEONFORK) == 0) {
		pin->text = page;
		return true;
	}
	int why = errno;
	if (page != MAP_FAILED)
		(void)munmap(page, PIN_ROOM);
	fail(err, FAULT_DEVICE, "%s", _("Máy này không cho giữ PIN trong vùng nhớ khoá, nên không hỏi PIN. Báo người quản trị."));
	return because(err, "locked memory: %s (RLIMIT_MEMLOCK)", strerror(why));
}

bool pin_add(struct pin *pin, const char *bytes, size_t n)
{
	if (!pin->text || n >= PIN_ROOM - pin->size)
		return false;
	memcpy(pin->text + pin->size, bytes, n);
	pin->size += n;
	return true;
}

bool pin_back(struct pin *pin)
{
	if (!pin->size)
		return false;
	char last;
	do {
		last = pin->text[--pin->size];
		pin->text[pin->size] = '\0';
	} while (pin->size && (last & 0xC0) == 0x80);
	return true;
}

void pin_drop(struct pin *pin)
{
	if (pin->text) {
		explicit_bzero(pin->text, PIN_ROOM);
		(void)munmap(pin->text, PIN_ROOM);
	}
	*pin = (struct pin){ 0 };
}
