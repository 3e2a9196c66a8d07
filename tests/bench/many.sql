-- SPDX-License-Identifier: Apache-2.0
-- :many invented dossiers, each like dossier :id but for its code, owner, numbers and day.

CREATE SCHEMA IF NOT EXISTS bench;
GRANT USAGE ON SCHEMA bench TO PUBLIC;

-- 18 × 24 × 40 names.
CREATE OR REPLACE FUNCTION bench.name(n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT (ARRAY['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Huỳnh', 'Phan', 'Vũ', 'Võ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ',
		'Ngô', 'Dương', 'Lý', 'Chau', 'Néang'])[1 + n % 18] || ' ' ||
		(ARRAY['Văn', 'Thị', 'Hữu', 'Thuỳ', 'Minh', 'Ngọc', 'Kim', 'Quốc', 'Đăng', 'Thanh', 'Hồng', 'Xuân', 'Đức', 'Anh',
		'Bảo', 'Gia', 'Hoài', 'Mỹ', 'Như', 'Phương', 'Quang', 'Thế', 'Trọng', 'Việt'])[1 + n / 18 % 24] || ' ' ||
		(ARRAY['An', 'Bình', 'Châu', 'Dung', 'Dũng', 'Dương', 'Đạt', 'Giang', 'Hà', 'Hải', 'Hạnh', 'Hiền', 'Hoa', 'Hùng',
		'Huệ', 'Hương', 'Khánh', 'Khoa', 'Lan', 'Linh', 'Long', 'Mai', 'Mận', 'Nam', 'Nga', 'Nhân', 'Phúc', 'Quân',
		'Quyên', 'Rây', 'Sơn', 'Tâm', 'Thảo', 'Thắng', 'Thuý', 'Trang', 'Trí', 'Tuấn', 'Vinh', 'Yến'])[1 + n / 432 % 40]
$$;
-- As the clerk types it, without accents.
CREATE OR REPLACE FUNCTION bench.folded_name(n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT replace(lower(regexp_replace(normalize(bench.name(n), NFD), '[\u0300-\u036f]', '', 'g')), 'đ', 'd')
$$;

SET synchronous_commit = off;
SET maintenance_work_mem = '1GB';
SET session_replication_role = replica; -- nothing here breaks a foreign key: not looked up a million times

-- Indexes that are no constraint are made anew from whole tables, not row by row.
CREATE TABLE bench.made AS SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS body FROM pg_index i
	WHERE indrelid IN ('motcua.dossier'::regclass, 'motcua.dossier_person'::regclass)
		AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid);
DO $$ DECLARE x record; BEGIN FOR x IN SELECT * FROM bench.made LOOP EXECUTE 'DROP INDEX ' || x.name; END LOOP; END $$;

INSERT INTO motcua.dossier (unit_id, code, request_id, procedure_code, procedure_name, procedure_row, field,
	catalogue_version, channel, counter_code, session_id, login, owner_name, owner_id, limit_value, limit_unit,
	limit_source, received_at, due_at, status, status_at, finished_at, route_system, result_by)
SELECT d.unit_id, 'B01.999-' || n, gen_random_uuid(), d.procedure_code, d.procedure_name, d.procedure_row, d.field,
	d.catalogue_version, 1, d.counter_code, d.session_id, d.login, bench.name(n), (100000000000 + n * 7)::text,
	d.limit_value, d.limit_unit, d.limit_source, d.received_at - n * interval '1 minute', d.due_at, 10, d.received_at - (n - 1) * interval '1 minute',
	d.received_at - (n - 1) * interval '1 minute',
	d.route_system, 'counter'
FROM motcua.dossier d, generate_series(1, :many::bigint) n WHERE d.dossier_id = :id;

INSERT INTO motcua.dossier_person (unit_id, dossier_id, role, kind, name, id_number, id_kind, phone, seen_at)
SELECT unit_id, dossier_id, 'owner', 'person', owner_name, owner_id, 'cccd',
	'09' || lpad((substr(code, 9)::bigint % 90000000 + 1)::text, 8, '0'), received_at
FROM motcua.dossier WHERE code LIKE 'B01.999-%';

INSERT INTO motcua.name_word
SELECT DISTINCT p.unit_id, w, p.folded FROM (SELECT DISTINCT unit_id, folded FROM motcua.dossier_person) p,
	unnest(string_to_array(p.folded, ' ')) w
ON CONFLICT DO NOTHING;

DO $$ DECLARE x record; BEGIN FOR x IN SELECT * FROM bench.made LOOP EXECUTE x.body; END LOOP; END $$;
DROP TABLE bench.made;
ANALYZE motcua.dossier, motcua.dossier_person, motcua.name_word;
