/* SPDX-License-Identifier: Apache-2.0
 *
 * Signed at the counter with a token (SoftHSM2): a file before it is received, the
 * electronic form of the receipt and what was left unsigned afterwards; what is missing is
 * told at log-in. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "printers/printer.h"
#include "tests/printers/fake_printer.h"
#include "tests/sign/softhsm.h"
#include "tests/world/sign_sheet.h"
#include "tests/world/steps.h"
#include "tui/dossier_private.h"

#define DAY    ((moment_t)24 * 3600)
#define CTRL_X "\030"
#define NAME   "LÊ THỊ MẬN"
#define OTHER  "TRẦN ĐĂNG KHOA"

/* The world's calendar stands in November 2026, the helper's clock where we are. */
static struct softhsm good, both, old, none;
static char roots[] = "/tmp/motcua-roots-XXXXXX";

static int prepare(void **state)
{
	moment_t start = moment_of(day_of(2024, 1, 1), 0, 0, 0), now = moment_now();
	moment_t end = (now > moment_of(day_of(2027, 1, 1), 0, 0, 0) ? now : moment_of(day_of(2027, 1, 1), 0, 0, 0)) + 900 * DAY;
	struct signer root = signer_new("CA THỬ NGHIỆM", start, end, NULL);
	struct signer man = signer_of(EVP_EC_gen("P-256"), NAME, start, end, "critical,nonRepudiation", &root);
	struct signer khoa = signer_of(EVP_RSA_gen(2048), OTHER, start, end - DAY, "critical,nonRepudiation", &root);
	struct signer past = signer_of(EVP_EC_gen("P-256"), NAME, start, start + DAY, "critical,nonRepudiation", &root);
	close(mkstemp(roots));
	signer_write(&root, roots);
	softhsm_open(&good);
	softhsm_plug(&good, "man");
	softhsm_bring(&good, "man", &man, true, true);
	softhsm_open(&both);
	softhsm_plug(&both, "hai");
	softhsm_bring(&both, "hai", &khoa, true, true);
	softhsm_bring(&both, "hai", &man, true, true);
	softhsm_open(&old);
	softhsm_plug(&old, "cu");
	softhsm_bring(&old, "cu", &past, true, true);
	softhsm_open(&none);
	signer_free(&root);
	signer_free(&man);
	signer_free(&khoa);
	signer_free(&past);
	return world_prepare(state);
}

static int end(void **state)
{
	softhsm_remove(&good);
	softhsm_remove(&both);
	softhsm_remove(&old);
	softhsm_remove(&none);
	unlink(roots);
	return world_end(state);
}

/* A world at work with that token, the citizen's papers before it. */
static struct world *with_token(const struct softhsm *token)
{
	char text[300];
	struct world *w = world_open(NULL, NULL, 24, 80);
	softhsm_use(token);
	snprintf(text, sizeof text, "[sign]\nmodule = %s\nroots = %s\n", softhsm_module(), roots);
	assert_true(config_parse(&w->program.config, text, "sign", NULL));
	step_fee_confirmed(w);
	world_login(w, "man");
	return w;
}

static void attach(struct world *w, const char *name)
{
	char path[128];
	struct bytes pdf = { 0 };
	snprintf(path, sizeof path, "%s/%s", w->home, name);
	signed_pdf(&pdf, 2, NULL, NULL);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(pdf.data, 1, pdf.size, file), pdf.size);
	fclose(file);
	bytes_free(&pdf);
	world_type(w, T_F4 T_DOWN "\r");
	world_shows(w, "CHỌN TỆP");
	world_type(w, path);
	world_type(w, "\r");
	world_wait(w, "Đã cất tệp");
}

static void give_pin(struct world *w, const char *pin)
{
	world_type(w, CTRL_X);
	world_wait(w, "PIN của USB ký số");
	world_shows(w, NAME ", chứng thư đến ");
	world_type(w, pin);
	world_shows(w, "••••••");
	world_pane(w, "pin");
	world_hides(w, pin);
	world_type(w, "\r");
}

#define BYTES(file) "(SELECT string_agg(p.data, '' ORDER BY p.seq) FROM motcua.file_piece p WHERE p.file_id = " file ")"

static void what_travels_was_signed_before(void **state)
{
	(void)state;
	struct world *w = with_token(&good);
	step_to_papers(w, CARD_DUONG);
	attach(w, "to-khai.pdf");
	step_bring_papers(w);
	world_type(w, T_F9 "\033");
	world_wait(w, "1 tệp chưa ký số: Ctrl-X ký");
	/* A wrong PIN, a changed mind: nothing has changed. */
	give_pin(w, "999999");
	world_wait(w, "PIN không đúng, chưa ký tệp nào.");
	world_type(w, CTRL_X);
	world_wait(w, "PIN của USB ký số");
	world_type(w, "2468" T_ESC);
	world_wait(w, "Chưa ký. Tệp giữ nguyên.");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.file"), 1);
	give_pin(w, SOFTHSM_PIN);
	world_wait(w, "Đã ký số 1 tệp: " NAME);
	world_hides(w, "chưa ký số");
	/* The first is there still, the second is that with more behind it, and the checker trusts it. */
	assert_string_equal(world_one(w, "SELECT string_agg(name || ' ' || signs, ', ' ORDER BY file_id) FROM motcua.file WHERE whole"),
	                    "tp01_01.pdf 0, tp01_01.pdf 1");
	assert_string_equal(world_one(w, "SELECT found LIKE '2 trang · ký số: " NAME "%còn nguyên, chứng thư tin cậy' FROM motcua.file WHERE signs = 1"), "t");
	assert_string_equal(world_one(w, "SELECT substr(" BYTES("s.file_id") ", 1, o.size::int) = " BYTES("s.of_file")
	                                 " FROM motcua.file_signature s JOIN motcua.file o ON o.file_id = s.of_file"), "t");
	/* A draft knows it, too. */
	step_kept(w);
	world_type(w, T_F9 "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	assert_string_equal(world_one(w, "SELECT c.files = ARRAY[s.file_id] FROM motcua.file_signature s, motcua.dossier_component c "
	                                 "WHERE c.files <> '{}'"), "t");
	assert_string_equal(world_one(w, "SELECT f.dossier_id IS NOT NULL FROM motcua.file_signature s JOIN motcua.file f USING (file_id)"), "t");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.file WHERE dossier_id IS NULL"), 1);
	world_close(w);
}

static bool both_are_read(void *argument)
{
	return ((const struct viewing *)argument)->sign_count == 2;
}

static void the_receipt_is_signed_as_it_was_given(void **state)
{
	(void)state;
	struct world *w = with_token(&both);
	step_to_papers(w, CARD_RAY);
	attach(w, "a.pdf");
	step_bring_papers(w);
	world_type(w, T_F9 "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	world_wait(w, "Đã ghi giấy");
	world_do(w, "INSERT INTO motcua.file_word SELECT unit_id, file_id, 1, to_tsvector('simple', 'vay von') FROM motcua.file");
	/* Not signed before: now it is, and with it the receipt. */
	world_type(w, CTRL_X);
	world_wait(w, "Ký bằng chứng thư nào?");
	world_type(w, T_DOWN "\r");
	world_wait(w, "Ký số 2 tệp, một lần PIN.");
	world_shows(w, OTHER ", chứng thư đến ");
	world_type(w, SOFTHSM_PIN "\r");
	world_wait(w, "1 tệp đã ký thay bản chưa ký; hồ sơ gửi lại tới ");
	assert_string_equal(world_one(w, "SELECT count(*) || ' ' || count(of_file) || ' ' || count(of_paper) FROM motcua.file_signature"), "2 1 1");
	assert_string_equal(world_one(w, "SELECT substr(" BYTES("s.file_id") ", 1, octet_length(c.bytes)) = c.bytes AND octet_length(c.bytes) < f.size "
	                                 "FROM motcua.file_signature s JOIN motcua.paper_copy c ON c.paper_id = s.of_paper "
	                                 "JOIN motcua.file f ON f.file_id = s.file_id"), "t");
	assert_string_equal(world_one(w, "SELECT f.found LIKE '%" OTHER "%còn nguyên, chứng thư tin cậy' FROM motcua.file_signature s "
	                                 "JOIN motcua.file f USING (file_id) WHERE s.of_paper IS NOT NULL"), "t");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.file WHERE dossier_id IS NULL"), 0);
	/* It stands in the place of the bare one, its words with it, and each system gets it, once. */
	assert_string_equal(world_one(w, "SELECT c.files = ARRAY[s.file_id] FROM motcua.file_signature s, motcua.dossier_component c "
	                                 "WHERE c.files <> '{}' AND s.of_file IS NOT NULL"), "t");
	assert_string_equal(world_one(w, "SELECT string_agg((x.file_id = s.file_id)::text, ',') FROM motcua.file_word x, motcua.file_signature s "
	                                 "WHERE s.of_file IS NOT NULL"), "true");
	assert_string_equal(world_one(w, "SELECT bool_and(n = 2 AND signed_last) FROM (SELECT count(*) AS n, bool_or(m.seq = t.tail AND m.payload::text LIKE '%' || "
	                                 "(SELECT file_id FROM motcua.file_signature WHERE of_file IS NOT NULL) || '%') AS signed_last FROM motcua.message m "
	                                 "JOIN motcua.stream t USING (unit_id, dossier_id, system) WHERE m.kind = 'dossier' GROUP BY m.system) q"), "t");
	assert_string_equal(world_one(w, "SELECT count(*) || min(left(note, 26)) FROM motcua.dossier_event WHERE act = 'sign'"), "1Đã ký số: Tờ khai cấp Giấy");
	world_type(w, CTRL_X);
	world_wait(w, "không còn gì chưa ký");
	world_type(w, T_F4);
	world_wait(w, "Mã hồ sơ");
	assert_true(glass_until(w->glass, both_are_read, w->desk->top->state));
	world_type(w, T_END);
	world_wait(w, "Đã ký số tại đây");
	world_shows(w, "bản điện tử giấy Mẫu 01");
	world_shows(w, "tệp tp01_01.pdf");
	world_close(w);
}

/* One road: from the scanner's glass over the review of pages and the token into the books. */
static void scanned_reviewed_signed_received(void **state)
{
	(void)state;
	char path[128], text[400];
	struct world *w = world_open(NULL, NULL, 24, 80);
	softhsm_use(&good);
	snprintf(path, sizeof path, "%s/sane", w->home);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(text, sizeof text, "echo pnm >%s/dll.conf", path);
	assert_int_equal(system(text), 0);
	setenv("SANE_CONFIG_DIR", path, 1);
	snprintf(path, sizeof path, "%s/to-khai.pgm", w->home);
	sign_sheet(path);
	snprintf(text, sizeof text, "[scan]\ndevice = pnm:0\noptions = filename=%s\ndpi = 200\nwords = no\n[sign]\nmodule = %s\nroots = %s\n", path,
	         softhsm_module(), roots);
	assert_true(config_parse(&w->program.config, text, "sign", NULL));
	step_fee_confirmed(w);
	world_login(w, "man");
	step_to_papers(w, CARD_DUONG);
	world_type(w, T_F4 "\r");
	world_wait(w, "Đã quét 1 trang.");
	world_wait_gone(w, "đang xem…");
	world_pane(w, "review");
	world_type(w, CTRL_X);
	world_wait(w, "PIN của USB ký số");
	world_type(w, SOFTHSM_PIN "\r");
	world_wait(w, "Đã ký số 1 tệp: " NAME);
	step_bring_papers(w);
	world_hides(w, "chưa ký số");
	world_type(w, T_F9 "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	assert_string_equal(world_one(w, "SELECT c.files = ARRAY[s.file_id] AND f.signs = 1 AND f.pages = 1 AND f.found LIKE '%ký số: " NAME
	                                 "%còn nguyên, chứng thư tin cậy' FROM motcua.file_signature s JOIN motcua.file f USING (file_id), "
	                                 "motcua.dossier_component c WHERE c.files <> '{}'"), "t");
	/* Nothing is left to travel. */
	world_wait(w, "Đã ghi giấy");
	assert_string_equal(world_one(w, "SELECT count(*) FROM motcua.dossier_event WHERE act = 'sign'"), "0");
	world_close(w);
}

static void export_bytes(struct world *w, const char *what, const char *path)
{
	struct arena arena = { 0 };
	world_do(w, arena_format(&arena, "COPY (SELECT translate(encode(%s, 'base64'), E'\\n', '')) TO '%s.64'", what, path));
	assert_int_equal(system(arena_format(&arena, "base64 -d %s.64 >%s", path, path)), 0);
	arena_free(&arena);
}

/* What a roll gave is signed, too: a signature of its own beside the very bytes the printer
 * got, which OpenSSL holds against each other. */
static void a_receipt_from_a_roll_is_signed(void **state)
{
	(void)state;
	static struct fake_printer fake;
	static struct printer roll;
	char folder[] = "/tmp/motcua-p7s-XXXXXX", bytes[64], signature[64], command[400];
	struct world *w = with_token(&good);
	fake_start(&fake, glass_loop(w->glass), FAKE_GOOD);
	roll = (struct printer){ .name = "Cuộn", .carrier = &carrier_tcp, .address = fake.address, .output = DRAW_RASTER_576, .is_default = true };
	w->program.printers = &roll;
	assert_non_null(mkdtemp(folder));
	assert_int_equal(chmod(folder, 0777), 0);
	snprintf(bytes, sizeof bytes, "%s/giay", folder);
	snprintf(signature, sizeof signature, "%s/giay.p7s", folder);
	step_accept(w, CARD_DUONG);
	world_wait(w, "trên máy in Cuộn");
	world_wait_for(w, "raster-576", "SELECT output FROM motcua.paper_copy");
	give_pin(w, SOFTHSM_PIN);
	world_wait(w, "Đã ký số 1 tệp: " NAME);
	assert_string_equal(world_one(w, "SELECT f.media_type || ' ' || (f.name = 'mau-01-' || s.of_paper || '.p7s') || ' ' || (f.dossier_id IS NOT NULL) "
	                                 "FROM motcua.file_signature s JOIN motcua.file f USING (file_id)"), "application/pkcs7-signature true true");
	export_bytes(w, "(SELECT bytes FROM motcua.paper_copy)", bytes);
	export_bytes(w, BYTES("(SELECT file_id FROM motcua.file_signature)"), signature);
	struct stat info;
	assert_int_equal(stat(bytes, &info), 0);
	assert_int_equal(info.st_size, fake.paper.size);
	snprintf(command, sizeof command, "openssl cms -verify -cades -binary -inform DER -in %s -content %s -CAfile %s -purpose any -out /dev/null 2>&1",
	         signature, bytes, roots);
	assert_int_equal(system(command), 0);
	/* One dot more or less is another receipt. */
	snprintf(command + strlen(command), sizeof command - strlen(command), " >/dev/null");
	FILE *file = fopen(bytes, "r+");
	assert_non_null(file);
	fseek(file, 5000, SEEK_SET);
	fputc(0x55, file);
	fclose(file);
	assert_int_not_equal(system(command), 0);
	snprintf(command, sizeof command, "rm -r %s", folder);
	assert_int_equal(system(command), 0);
	fake_stop(&fake);
	world_close(w);
}

static void what_is_missing_is_told_at_once(void **state)
{
	(void)state;
	struct world *w = with_token(&none);
	world_wait(w, "! Chưa thấy USB ký số.");
	step_to_papers(w, CARD_DUONG);
	world_wait(w, "Chưa thấy USB ký số.");
	attach(w, "to-khai.pdf");
	step_bring_papers(w);
	world_wait(w, "! 1 tệp chưa ký số. Chưa thấy USB ký số.");
	world_type(w, CTRL_X);
	world_wait(w, "Cắm USB ký số vào máy này rồi thử lại.");
	world_hides(w, "PIN của USB ký số");
	/* Plugged in meanwhile. */
	softhsm_use(&good);
	give_pin(w, SOFTHSM_PIN);
	world_wait(w, "Đã ký số 1 tệp: " NAME);
	world_close(w);
	w = with_token(&old);
	world_wait(w, "! Chứng thư ký số đã hết hạn.");
	world_close(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_travels_was_signed_before),
		cmocka_unit_test(the_receipt_is_signed_as_it_was_given),
		cmocka_unit_test(scanned_reviewed_signed_received),
		cmocka_unit_test(a_receipt_from_a_roll_is_signed),
		cmocka_unit_test(what_is_missing_is_told_at_once),
	};
	return cmocka_run_group_tests(tests, prepare, end);
}
