/* SPDX-License-Identifier: Apache-2.0
 *
 * Making, starting and stopping, step after step; what takes time is a child.
 * One lock file, held from the first step to the last, keeps two starters
 * apart: the second one waits and then finds it running. */
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/base/say.h"
#include "core/store/cluster_private.h"

#define LOCK_TRIES 1200 /* every 50 ms */
#define RUN_TRIES  100  /* every 100 ms: the last server, or its children, are leaving */

/*      stage      what it does                                              */
#define STAGES(X)                                                             \
	X(LOCK)    /* wait for the lock                                    */ \
	X(LOOK)    /* running already? whose data?                         */ \
	X(ACCOUNT) /* the system account, when we are root                 */ \
	X(CLEAR)   /* what an interrupted start left                       */ \
	X(MAKE)    /* initdb                                               */ \
	X(SETTLE)  /* settings, and into its place                         */ \
	X(RUN)     /* the server                                           */ \
	X(FILL)    /* the database inside                                  */ \
	X(END)

enum stage {
#define X(name) STAGE_##name,
	STAGES(X)
#undef X
};

static void go(struct cluster_job *);

static void tell(struct cluster_job *job, const char *say)
{
	if (job->step)
		job->step(job, say);
}

static void let_go(struct cluster_job *job)
{
	scope_end(&job->own);
	loop_cancel(job->loop, &job->timer);
	scope_remove(&job->task);
	if (job->lock_fd >= 0)
		close(job->lock_fd); /* and with it the lock */
	job->lock_fd = -1;
	arena_free(&job->arena);
}

static void finish(struct cluster_job *job, const struct error *err)
{
	let_go(job);
	job->done(job, err);
}

static void on_scope_end(struct task *task)
{
	let_go(OWNER_OF(task, struct cluster_job, task));
}

static const char *fresh_folder(struct cluster_job *job)
{
	return arena_format(&job->arena, "%s.new", job->cluster->data);
}

/* ---- children ---- */

#define MOST_WORDS 32

/* Runs a program of PostgreSQL in a plain environment, as the account. */
static void run(struct cluster_job *job, void (*done)(struct child *), const char *const *words)
{
	const char *argv[MOST_WORDS + 16] = { "env", "-C", "/", "-i", "PATH=/usr/bin:/bin:/usr/sbin:/sbin",
		"LC_ALL=C.UTF-8" };
	int n = 6;
	if (job->cluster->account) {
		argv[n++] = "setpriv";
		argv[n++] = arena_format(&job->arena, "--reuid=%s", job->cluster->account);
		argv[n++] = arena_format(&job->arena, "--regid=%s", job->cluster->account);
		argv[n++] = "--init-groups";
	}
	argv[n++] = words[0][0] == '/' ? words[0]
	                               : path_join(&job->arena, job->cluster->bin, words[0]);
	for (int i = 1; words[i] && n < MOST_WORDS + 15; i++)
		argv[n++] = words[i];
	struct error err = { 0 };
	const struct child_plan plan = { .argv = argv, .timeout_ms = 120000, .output_limit = 65536 };
	if (!child_start(job->loop, &job->own, &job->child, &plan, done, &err))
		finish(job, &err);
}

/* A server that died a moment ago is in the way until its process is gone, and
 * its children until they notice; one that answers is another matter. */
static bool still_leaving(const struct cluster_job *job, const struct error *err)
{
	return strstr(err->log, "still in use") ||
	       (strstr(err->log, "Is another postmaster") && !cluster_running(job->cluster));
}

/* Every child but the server's: success goes on, failure ends the job. */
static void on_child(struct child *child)
{
	struct cluster_job *job = OWNER_OF(child, struct cluster_job, child);
	struct error err = { 0 };
	bool good = child->status == 0;
	/* Another start made the database and died before it marked it. */
	if (job->stage == STAGE_FILL && strstr(bytes_string(&child->err), "already exists"))
		good = true;
	if (!good)
		cluster_blame(job->cluster, bytes_string(&child->err), &err);
	child_clear(child);
	if (!good && job->stage == STAGE_RUN && still_leaving(job, &err) && job->tries++ < RUN_TRIES) {
		loop_after(job->loop, &job->timer, 100);
		return;
	}
	if (!good) {
		finish(job, &err);
		return;
	}
	job->stage++;
	go(job);
}

/* ---- stages; each goes on by itself or through on_child ---- */

static void on_again(struct timer *timer)
{
	go(OWNER_OF(timer, struct cluster_job, timer));
}

static bool stage_lock(struct cluster_job *job, struct error *err)
{
	if (job->lock_fd < 0)
		job->lock_fd = open(job->cluster->lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (job->lock_fd < 0) {
		fail(err, FAULT_DEVICE, _("Không ghi được tệp %s."), job->cluster->lock);
		return because(err, "open %s: %s", job->cluster->lock, strerror(errno));
	}
	if (flock(job->lock_fd, LOCK_EX | LOCK_NB) == 0) {
		job->stage++;
		job->tries = 0;
		go(job);
		return true;
	}
	if (job->tries++ == 0)
		tell(job, _("Một chương trình khác đang khởi động cơ sở dữ liệu, chờ…"));
	if (job->tries > LOCK_TRIES)
		return fail(err, FAULT_OFFLINE, "%s",
		            _("Cơ sở dữ liệu đang được khởi động quá lâu. Thử lại sau."));
	loop_after(job->loop, &job->timer, 50);
	return true;
}

static bool stage_look(struct cluster_job *job, struct error *err)
{
	enum cluster_data data = cluster_look(job->cluster, err);
	if (data == CLUSTER_BAD)
		return false;
	if (job->stopping) {
		if (!cluster_running(job->cluster)) {
			finish(job, NULL);
			return true;
		}
		tell(job, _("Đang dừng cơ sở dữ liệu…"));
		job->stage = STAGE_END - 1;
		run(job, on_child, (const char *[]){ "pg_ctl", "stop", "-D", job->cluster->data,
		                                     "-m", "fast", "-w", "-t", "60", "-s", NULL });
		return true;
	}
	if (data == CLUSTER_OURS && cluster_running(job->cluster))
		job->stage = STAGE_FILL;
	else
		job->stage = STAGE_ACCOUNT;
	go(job);
	return true;
}

static bool stage_account(struct cluster_job *job, struct error *err)
{
	(void)err;
	const char *account = job->cluster->account;
	if (!account || getpwnam(account)) {
		job->stage++;
		go(job);
		return true;
	}
	tell(job, _("Đang tạo tài khoản hệ thống…"));
	const char *argv[] = CLUSTER_USERADD(account);
	const struct child_plan plan = { .argv = argv, .timeout_ms = 30000 };
	return child_start(job->loop, &job->own, &job->child, &plan, on_child, err);
}

static bool stage_clear(struct cluster_job *job, struct error *err)
{
	if (!cluster_folders(job->cluster, err))
		return false;
	if (cluster_look(job->cluster, NULL) == CLUSTER_OURS) {
		job->stage = STAGE_SETTLE;
		go(job);
		return true;
	}
	tell(job, _("Đang tạo cơ sở dữ liệu…"));
	run(job, on_child, (const char *[]){ "/bin/rm", "-rf", fresh_folder(job), NULL });
	return true;
}

static void stage_make(struct cluster_job *job)
{
	run(job, on_child,
	    (const char *[]){ "initdb", "-D", fresh_folder(job), "-U", CLUSTER_ADMIN, "-E", "UTF8",
	                      "--locale=C.UTF-8", "--data-checksums", "--auth-local=peer",
	                      "--auth-host=scram-sha-256", "--no-instructions", NULL });
}

static bool stage_settle(struct cluster_job *job, struct error *err)
{
	const struct cluster *cluster = job->cluster;
	const char *fresh = fresh_folder(job);
	bool is_new = cluster_look(cluster, NULL) == CLUSTER_NONE;
	if (!cluster_settings(cluster, is_new ? fresh : cluster->data, is_new, err))
		return false;
	if (is_new && rename(fresh, cluster->data) != 0) {
		fail(err, FAULT_DEVICE, _("Không tạo được thư mục %s."), cluster->data);
		return because(err, "rename %s: %s", fresh, strerror(errno));
	}
	job->stage++;
	go(job);
	return true;
}

static bool stage_run(struct cluster_job *job, struct error *err)
{
	const struct cluster *cluster = job->cluster;
	tell(job, _("Đang khởi động cơ sở dữ liệu…"));
	cluster_bury(cluster);
	/* The log of this start alone: blame must not quote an old one. */
	if (!path_write(cluster->log, "", 0, 0600, err) || !cluster_give(cluster, cluster->log, err))
		return false;
	run(job, on_child,
	    (const char *[]){ "pg_ctl", "start", "-D", cluster->data, "-w", "-t", "90", "-s", "-l",
	                      cluster->log, NULL });
	return true;
}

static bool stage_fill(struct cluster_job *job)
{
	if (cluster_marked(job->cluster)) {
		job->stage++;
		go(job);
		return true;
	}
	run(job, on_child,
	    (const char *[]){ "createdb", "-h", job->cluster->socket, "-p", CLUSTER_PORT, "-U",
	                      CLUSTER_ADMIN, "-T", "template0", CLUSTER_DATABASE, NULL });
	return true;
}

static bool stage_end(struct cluster_job *job, struct error *err)
{
	if (!job->stopping && !cluster_marked(job->cluster) && !cluster_mark(job->cluster, err))
		return false;
	finish(job, NULL);
	return true;
}

static void go(struct cluster_job *job)
{
	struct error err = { 0 };
	bool good = true;
	switch ((enum stage)job->stage) {
	case STAGE_LOCK: good = stage_lock(job, &err); break;
	case STAGE_LOOK: good = stage_look(job, &err); break;
	case STAGE_ACCOUNT: good = stage_account(job, &err); break;
	case STAGE_CLEAR: good = stage_clear(job, &err); break;
	case STAGE_MAKE: stage_make(job); break;
	case STAGE_SETTLE: good = stage_settle(job, &err); break;
	case STAGE_RUN: good = stage_run(job, &err); break;
	case STAGE_FILL: good = stage_fill(job); break;
	case STAGE_END: good = stage_end(job, &err); break;
	}
	if (!good)
		finish(job, &err);
}

/* ---- doors ---- */

static void begin(struct loop *loop, struct scope *scope, struct cluster_job *job,
                  const struct cluster *cluster, bool stopping)
{
	job->cluster = cluster;
	job->loop = loop;
	job->scope = scope;
	job->stopping = stopping;
	job->lock_fd = -1;
	job->stage = STAGE_LOCK;
	job->tries = 0;
	job->arena = (struct arena){ 0 };
	job->own = (struct scope){ 0 };
	job->timer = (struct timer){ .fire = on_again };
	job->task = (struct task){ .end = on_scope_end };
	scope_add(scope, &job->task);
	loop_after(loop, &job->timer, 1); /* done is never called from inside */
}

void cluster_start(struct loop *loop, struct scope *scope, struct cluster_job *job,
                   const struct cluster *cluster)
{
	begin(loop, scope, job, cluster, false);
}

void cluster_stop(struct loop *loop, struct scope *scope, struct cluster_job *job,
                  const struct cluster *cluster)
{
	begin(loop, scope, job, cluster, true);
}

struct waited {
	struct cluster_job job;
	struct loop loop;
	struct error *err;
	bool good;
};

static void on_done(struct cluster_job *job, const struct error *err)
{
	struct waited *waited = OWNER_OF(job, struct waited, job);
	waited->good = !err;
	if (err && waited->err)
		*waited->err = *err;
	waited->loop.stop = true;
}

static bool wait_for(struct waited *waited, const struct cluster *cluster, bool stopping)
{
	struct scope scope = { 0 };
	loop_init(&waited->loop);
	waited->job.done = on_done;
	begin(&waited->loop, &scope, &waited->job, cluster, stopping);
	loop_run(&waited->loop);
	return waited->good;
}

bool cluster_start_wait(const struct cluster *cluster,
                        void (*step)(struct cluster_job *, const char *), struct error *err)
{
	struct waited waited = { .job = { .step = step }, .err = err };
	return wait_for(&waited, cluster, false);
}

bool cluster_stop_wait(const struct cluster *cluster, struct error *err)
{
	struct waited waited = { .err = err };
	return wait_for(&waited, cluster, true);
}
