/* SPDX-License-Identifier: Apache-2.0 */
#include "printers/draw.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/say.h"
#include "printers/draw_request.h"

#define TIMEOUT_MS   10000
#define MEMORY_MOST  (1024u << 20)

static void set_limit(int what, rlim_t value)
{
	struct rlimit limit = { value, value };
	(void)setrlimit(what, &limit);
}

/* In the new process: no file but its socket, no core, no files to write. */
__attribute__((noreturn)) static void become(const struct draw *draw, int end)
{
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGXFSZ, SIG_IGN);
	setpgid(0, 0);
	int nowhere = open("/dev/null", O_WRONLY);
	if (dup2(end, 0) < 0 || dup2(end, 1) < 0 || dup2(nowhere, 2) < 0)
		_exit(126);
	(void)close_range(3, ~0u, 0);
	set_limit(RLIMIT_CORE, 0);
	set_limit(RLIMIT_FSIZE, 0);
	set_limit(RLIMIT_NOFILE, 64);
#ifndef __SANITIZE_ADDRESS__ /* whose shadow is larger than any limit */
	set_limit(RLIMIT_AS, MEMORY_MOST);
#endif
	execl(draw->program, "motcua-draw", "--serve", "--share", draw->share, (char *)NULL);
	_exit(127);
}

static bool cannot_draw(struct error *err, const char *cause)
{
	fail(err, FAULT_BUG, _("Không vẽ được giấy. Hồ sơ vẫn được lưu; hãy in lại sau."));
	return because(err, "motcua-draw: %s", cause);
}

static void ready(struct watch *watch, short got);
static void too_slow(struct timer *timer);

static bool start_child(struct draw *draw, struct error *err)
{
	int ends[2];
	if (draw->child)
		return true;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
		return cannot_draw(err, strerror(errno));
	(void)fcntl(ends[0], F_SETFL, O_NONBLOCK);
	pid_t child = fork();
	if (child == 0)
		become(draw, ends[1]);
	close(ends[1]);
	if (child < 0) {
		close(ends[0]);
		return cannot_draw(err, strerror(errno));
	}
	draw->child = child;
	draw->started++;
	draw->watch = (struct watch){ .fd = ends[0], .events = POLLIN, .ready = ready };
	loop_watch(draw->loop, &draw->watch);
	return true;
}

static void stop_child(struct draw *draw)
{
	if (!draw->child)
		return;
	loop_unwatch(draw->loop, &draw->watch);
	loop_cancel(draw->loop, &draw->timer);
	close(draw->watch.fd);
	kill(-draw->child, SIGKILL);
	kill(draw->child, SIGKILL);
	while (waitpid(draw->child, NULL, 0) < 0 && errno == EINTR)
		;
	draw->child = 0;
}

/* Hands the first request to the child. */
static bool start_head(struct draw *draw, struct error *err)
{
	if (!start_child(draw, err))
		return false;
	draw->sent = 0;
	bytes_clear(&draw->reply);
	draw->watch.events = POLLIN | POLLOUT;
	loop_after(draw->loop, &draw->timer, draw->timeout_ms);
	return true;
}

static void leave_queue(struct drawing *drawing)
{
	struct drawing **at = &drawing->draw->queue;
	while (*at && *at != drawing)
		at = &(*at)->next;
	if (*at)
		*at = drawing->next;
	drawing->queued = false;
	scope_remove(&drawing->task);
	bytes_free(&drawing->request);
}

/* The head is over, well or badly; the next one begins before its owner hears. */
static void finish(struct draw *draw, const struct error *err)
{
	struct drawing *head = draw->queue;
	struct error next_err;
	loop_cancel(draw->loop, &draw->timer);
	draw->watch.events = POLLIN;
	leave_queue(head);
	bool next_fails = draw->queue && !start_head(draw, &next_err);
	head->done(head, err);
	if (next_fails && draw->queue)
		finish(draw, &next_err);
}

/* The child is no good: once more with a new one, then give up. */
static void broken(struct draw *draw, const char *cause)
{
	struct drawing *head = draw->queue;
	struct error err;
	stop_child(draw);
	if (!head)
		return;
	if (!head->again) {
		head->again = true;
		if (start_head(draw, &err))
			return;
	} else {
		cannot_draw(&err, cause);
	}
	finish(draw, &err);
}

static void too_slow(struct timer *timer)
{
	broken(OWNER_OF(timer, struct draw, timer), "no answer in time");
}

/* "<status> <size>\n" and so many bytes; 0 more to come, -1 nonsense, 1 whole. */
static int reply_whole(const struct bytes *reply, int *status, size_t *head, size_t *size)
{
	const char *text = bytes_string(reply);
	const char *line = memchr(text, '\n', reply->size < 40 ? reply->size : 40);
	if (!line)
		return reply->size < 40 ? 0 : -1;
	char *end;
	long code = strtol(text, &end, 10);
	if (end == text || *end != ' ' || code < 0 || code > 255)
		return -1;
	unsigned long n = strtoul(end + 1, &end, 10);
	if (end != line || n > DRAW_REPLY_MOST)
		return -1;
	*status = (int)code;
	*head = (size_t)(line - text) + 1;
	*size = n;
	return reply->size >= *head + n ? 1 : 0;
}

/* Two lines: for the clerk, for the log. */
static void take_failure(struct error *err, int status, const char *text, size_t size)
{
	const char *line = memchr(text, '\n', size);
	size_t first = line ? (size_t)(line - text) : size;
	size_t rest = line ? size - first - 1 : 0;
	if (rest && line[rest] == '\n')
		rest--;
	fail(err, draw_fault(status), "%.*s", (int)first, text);
	because(err, "%.*s", (int)rest, line ? line + 1 : "");
}

static void take_reply(struct draw *draw)
{
	int status = 0;
	size_t head, size;
	int whole = reply_whole(&draw->reply, &status, &head, &size);
	if (whole == 0)
		return;
	if (whole < 0 || draw->reply.size > head + size || !draw->queue ||
	    draw->sent < draw->queue->request.size) {
		broken(draw, "unreadable answer");
		return;
	}
	struct drawing *drawing = draw->queue;
	struct error err;
	if (status == 0) {
		bytes_clear(&drawing->out);
		bytes_add(&drawing->out, draw->reply.data + head, size);
		finish(draw, NULL);
	} else {
		take_failure(&err, status, draw->reply.data + head, size);
		finish(draw, &err);
	}
}

static bool send_more(struct draw *draw)
{
	const struct bytes *request = &draw->queue->request;
	while (draw->sent < request->size) {
		ssize_t n = send(draw->watch.fd, request->data + draw->sent,
		                 request->size - draw->sent, MSG_NOSIGNAL);
		if (n < 0)
			return errno == EAGAIN || errno == EINTR;
		draw->sent += (size_t)n;
	}
	draw->watch.events = POLLIN;
	return true;
}

static void ready(struct watch *watch, short got)
{
	struct draw *draw = OWNER_OF(watch, struct draw, watch);
	char piece[65536];
	if ((got & POLLOUT) && draw->queue && !send_more(draw)) {
		broken(draw, "it ended while being asked");
		return;
	}
	if (!(got & (POLLIN | POLLHUP | POLLERR)))
		return;
	ssize_t n = recv(watch->fd, piece, sizeof piece, 0);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		broken(draw, "it ended");
		return;
	}
	bytes_add(&draw->reply, piece, (size_t)n);
	take_reply(draw);
}

void draw_init(struct draw *draw, struct loop *loop, const char *program, const char *share)
{
	*draw = (struct draw){ .loop = loop, .program = program, .share = share,
			       .timeout_ms = TIMEOUT_MS };
	draw->timer.fire = too_slow;
	draw->reply.limit = DRAW_REPLY_MOST + 64;
}

bool draw_warm(struct draw *draw, struct error *err)
{
	return start_child(draw, err);
}

/* Nobody waits for it any more; what the child says of it must not be taken
 * for the answer to the next one. */
static void forget(struct task *task)
{
	struct drawing *drawing = OWNER_OF(task, struct drawing, task);
	struct draw *draw = drawing->draw;
	bool was_head = draw->queue == drawing;
	struct error err;
	leave_queue(drawing);
	if (!was_head)
		return;
	stop_child(draw);
	if (draw->queue && !start_head(draw, &err))
		finish(draw, &err);
}

bool draw_paper(struct draw *draw, struct scope *scope, const struct draw_request *request,
                struct drawing *drawing, void (*done)(struct drawing *, const struct error *),
                struct error *err)
{
	struct bytes text = { 0 };
	*drawing = (struct drawing){ .draw = draw, .done = done, .out = drawing->out };
	bytes_clear(&drawing->out);
	bool ok = draw_request_write(request, &text, err);
	if (ok && text.size > DRAW_REQUEST_MOST) {
		fail(err, FAULT_INPUT, _("Nội dung của giấy quá dài, không in được."));
		ok = because(err, "draw request: %zu bytes", text.size);
	}
	if (!ok) {
		bytes_free(&text);
		return false;
	}
	bytes_format(&drawing->request, "%zu\n", text.size);
	bytes_add(&drawing->request, text.data, text.size);
	bytes_free(&text);
	struct drawing **end = &draw->queue;
	while (*end)
		end = &(*end)->next;
	*end = drawing;
	if (draw->queue == drawing && !start_head(draw, err)) {
		draw->queue = NULL;
		bytes_free(&drawing->request);
		return false;
	}
	drawing->queued = true;
	drawing->task.end = forget;
	scope_add(scope, &drawing->task);
	return true;
}

void drawing_clear(struct drawing *drawing)
{
	if (drawing->queued) {
		scope_remove(&drawing->task);
		forget(&drawing->task);
	}
	bytes_free(&drawing->out);
}

void draw_close(struct draw *draw)
{
	while (draw->queue)
		leave_queue(draw->queue);
	stop_child(draw);
	bytes_free(&draw->reply);
}
