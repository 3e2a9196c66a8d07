/* SPDX-License-Identifier: Apache-2.0 */
#include <sys/stat.h>

#include "core/base/say.h"
#include "tui/command/backup.h"
#include "tui/command/doctor.h"

#define DAY 86400
/* A copy that nobody has seen come back is a hope. */
enum { COPY_DAYS = 2, PROOF_DAYS = 8 };

static bool same_disk(const struct doctor *doctor, const char *folder)
{
	struct stat here, there;
	return stat(doctor->program->paths.data, &here) == 0 && stat(folder, &there) == 0 && here.st_dev == there.st_dev;
}

void doctor_backup(struct doctor *doctor)
{
	struct backup_plan plan;
	moment_t now = moment_now(), made = MOMENT_NONE, proved = MOMENT_NONE, unused;
	const char *name = _("Sao lưu");
	/* In practice there is nothing to lose. */
	enum finding_state bad = doctor->program->options.practice ? FINDING_NOTE : FINDING_BAD;
	backup_plan_of(&plan, doctor->program, &doctor->arena, NULL);
	const char *newest = backup_newest(plan.folder, false, &doctor->arena);
	const char *safe = backup_newest(plan.folder, true, &doctor->arena);
	if (newest)
		(void)backup_age(newest, &made, &unused);
	if (safe)
		(void)backup_age(safe, &unused, &proved);
	if (!newest || made == MOMENT_NONE) {
		doctor_find(doctor, "backup", name, bad, _("Chạy motcua backup, hoặc bật hẹn giờ motcua-backup.timer."),
		            _("chưa có bản sao nào trong %s"), plan.folder);
		return;
	}
	long long age = (long long)(now - made) / DAY, proof = proved == MOMENT_NONE ? -1 : (long long)(now - proved) / DAY;
	if (proof < 0)
		doctor_find(doctor, "backup", name, bad, _("Chạy motcua backup --verify."), _("bản mới nhất %lld ngày trước, chưa bản nào được dựng thử"), age);
	else if (age > COPY_DAYS || proof > PROOF_DAYS)
		doctor_find(doctor, "backup", name, bad, _("Chạy motcua backup rồi motcua backup --verify."),
		            _("bản mới nhất %lld ngày trước, dựng thử được lần cuối %lld ngày trước"), age, proof);
	else
		doctor_find(doctor, "backup", name, same_disk(doctor, plan.folder) ? FINDING_NOTE : FINDING_GOOD,
		            same_disk(doctor, plan.folder) ? _("Bản sao nằm cùng ổ đĩa: đặt [backup] folder sang ổ khác.") : "",
		            _("bản mới nhất %lld ngày trước, dựng thử được lần cuối %lld ngày trước"), age, proof);
	const char *missing = backup_outside(newest, true, &doctor->arena);
	if (*missing)
		doctor_find(doctor, "backup-outside", name, bad, _("Cho motcua backup đọc được các tệp ấy, hoặc giữ riêng một bản."),
		            _("bản mới nhất không có tệp mà cấu hình nhắc đến: %s"), missing);
}
