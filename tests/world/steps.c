/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/world/steps.h"

#include <stdio.h>

#include "tui/receive_private.h"

void step_fee_confirmed(struct world *w)
{
	world_do(w, "UPDATE motcua.fees SET amount = 8000, confirmed = true, "
	            "basis = 'NQ 12/2026/NQ-HĐND' WHERE procedure_code = '1.004873'");
	assert_int_equal(world_count(w, "SELECT count(*) FROM motcua.fees WHERE confirmed "
	                                "AND procedure_code = '1.004873'"), 1);
}

void step_to_papers(struct world *w, const char *card)
{
	world_scan(w, card);
	world_type(w, "tthn\r");
	world_shows(w, "> □ Tờ khai cấp Giấy xác nhận");
}

void step_bring_papers(struct world *w)
{
	world_type(w, " ");
	world_shows(w, "■ Tờ khai cấp Giấy xác nhận");
	world_type(w, " \r");
	world_shows(w, "■ Hộ chiếu/Thẻ căn cước công dân");
}

void step_look_up(struct world *w)
{
	world_type(w, T_F6);
	world_shows(w, "Tra CSDL giấy tờ này trước khi yêu cầu bổ sung");
	world_hides(w, "Phiếu yêu cầu bổ sung (Mẫu 02)");
	world_type(w, " ");
	world_shows(w, "Khai thác cơ sở dữ liệu cho giấy tờ này");
	world_type(w, "\r");
}

void step_accept(struct world *w, const char *card)
{
	step_to_papers(w, card);
	step_bring_papers(w);
	world_type(w, T_F9);
	world_shows(w, "Thu 8.000 đồng bằng cách nào?");
	world_type(w, "\r");
	world_wait(w, "ĐÃ NHẬN HỒ SƠ");
	world_wait_gone(w, "Đang in");
}

static bool kept(void *argument)
{
	const struct receive *receive = argument;
	return !receive->save_again && !keep_busy(&receive->saving.keeping);
}

void step_kept(struct world *w)
{
	world_pass(w, 1000); /* the hand rests; then a child writes */
	assert_true(glass_until(w->glass, kept, receive_of(w->desk->top)));
}

const char *step_pdf(struct world *w, const char *name, int pad)
{
	static char path[128];
	snprintf(path, sizeof path, "%s/%s", w->home, name);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fprintf(file, "%%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
	              "2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n"
	              "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\n");
	for (int left = pad; left > 0; left -= 1024)
		fprintf(file, "%%%1022s\n", "");
	long table = ftell(file);
	fprintf(file, "xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n0000000105 00000 n \n"
	              "trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n%ld\n%%%%EOF\n", table);
	fclose(file);
	return path;
}

void step_result_scanned(struct world *w)
{
	world_do(w, "WITH f AS (INSERT INTO motcua.file (unit_id, name, media_type, size, sha256, login, whole) SELECT unit_id, 'kq.pdf',"
	            " 'application/pdf', 5, sha256('x'), 'man', true FROM motcua.dossier RETURNING unit_id, file_id)"
	            " INSERT INTO motcua.result_file (unit_id, dossier_id, file_id, login) SELECT unit_id, dossier_id, file_id, 'man'"
	            " FROM f JOIN motcua.dossier USING (unit_id)");
}
