-- SPDX-License-Identifier: Apache-2.0
-- A small world: two invented units, four clerks, one procedure, three systems.  Run as administrator.
SELECT motcua.load('units', 'fixture', '[
 {"code":"30538","eid":"H01.999","name":"xã Núi Cấm","parent_name":"tỉnh An Giang","place":"Núi Cấm","practice":"1"},
 {"code":"30544","eid":"H01.998","name":"xã Tri Tôn","parent_name":"tỉnh An Giang","place":"Tri Tôn","practice":"1"}]');
SELECT motcua.load('counters', 'fixture', '[
 {"unit_code":"30538","code":"Q1","name":"Quầy 1"},{"unit_code":"30538","code":"Q3","name":"Quầy 3"},
 {"unit_code":"30544","code":"Q1","name":"Quầy 1"}]');
SELECT motcua.load('clerks', 'fixture', '[
 {"login":"man","full_name":"Lê Thị Mận","title":"Chuyên viên","unit_code":"30538","is_supervisor":"0","password":"motcua-tap-duyet"},
 {"login":"khoa","full_name":"Trần Đăng Khoa","title":"Chuyên viên","unit_code":"30538","is_supervisor":"0","password":"motcua-tap-duyet"},
 {"login":"hue","full_name":"Phạm Thu Huệ","title":"Phó Giám đốc","unit_code":"30538","is_supervisor":"1","password":"motcua-tap-duyet"},
 {"login":"lan","full_name":"Võ Thị Lan","title":"Chuyên viên","unit_code":"30544","is_supervisor":"0","password":"motcua-tap-duyet"}]');
SELECT motcua.load('procedures', 'fixture', '[
 {"code":"1.004873","name":"Cấp Giấy xác nhận tình trạng hôn nhân","field":"Hộ tịch","ministry":"tu-phap","level":"xã","offered":"1","valid_from":"2025-07-01"},
 {"code":"1.001193","name":"Đăng ký khai sinh","field":"Hộ tịch","ministry":"tu-phap","level":"xã","offered":"1","same_day_rule":"1"},
 {"code":"1.009999","name":"Thủ tục đã bãi bỏ","field":"Khác","level":"xã","offered":"1","valid_to":"2026-01-01"}]');
SELECT motcua.load('components', 'fixture', '[
 {"procedure_code":"1.004873","seq":"1","name":"Tờ khai","requirement":"required","originals":"1","copies":"0","channel":"0"},
 {"procedure_code":"1.004873","seq":"2","name":"Văn bản ủy quyền","requirement":"conditional","originals":"1","copies":"0","channel":"0"}]');
SELECT motcua.load('limits', 'fixture', '[
 {"procedure_code":"1.004873","channel":"1","value":"3","unit":"working_day","confirmed":"1","basis":"Luật Hộ tịch"}]');
SELECT motcua.load('fees', 'fixture', '[
 {"procedure_code":"1.004873","channel":"0","seq":"1","name":"Lệ phí","amount":"8000","confirmed":"1","basis":"NQ 01/2025/NQ-HĐND"},
 {"procedure_code":"1.001193","channel":"0","seq":"1","name":"Lệ phí","set_locally":"1"}]');
SELECT motcua.load('systems', 'fixture', '[
 {"code":"tu-phap","name":"Hệ thống của Bộ Tư pháp","family":"json","ministry":"tu-phap"},
 {"code":"tinh","name":"Hệ thống tỉnh","family":"igate"},
 {"code":"cong","name":"Cổng Dịch vụ công quốc gia","family":"ndxp"}]');
SELECT motcua.load('routes', 'fixture', '[
 {"rule_id":"8","ministry":"tu-phap","system":"tu-phap","told":"cong","valid_from":"2026-01-01","notice":"CV 2423/UBND-HCC"}]');
SELECT motcua.courier_add('dua-tin', 'motcua-tap-duyet');

-- A valid request of the counter, with some members replaced.
CREATE SCHEMA test;
GRANT USAGE ON SCHEMA test TO motcua_clerk, motcua_courier;
CREATE FUNCTION test.req(changes jsonb DEFAULT '{}') RETURNS jsonb LANGUAGE sql SECURITY DEFINER AS $$
SELECT jsonb_build_object('request_id', gen_random_uuid(), 'counter', 'Q1',
	'catalogue_version', (SELECT motcua.catalogue_now((SELECT unit_id FROM motcua.clerk WHERE login = session_user))),
	'computed_at', clock_timestamp(), 'procedure', '1.004873', 'case_id', NULL, 'channel', 1,
	'owner', '{"kind":"person","name":"Nguyễn Thị Hồng","id_number":"001199000012","id_kind":"cccd","birth":"1999-03-05",
		"sex":"nữ","phone":"0912345678","address":"Ấp 1"}'::jsonb,
	'submitter', NULL, 'mandate', NULL, 'summary', 'Xin giấy xác nhận', 'sets', 1,
	'components', '[{"seq":1,"name":"Tờ khai","action":"submit","originals":1,"copies":0,"pages":2,"state":"ok",
		"required":true,"files":[]}]'::jsonb,
	'fees', '[{"name":"Lệ phí","amount":8000,"confirmed":true,"basis":"","exempt_reason":"","paid":"cash"}]'::jsonb,
	'limit', '{"value":3,"unit":"working_day","source":"confirmed","basis":""}'::jsonb,
	'due_at', clock_timestamp() + interval '6 days', 'due_lines', '["3 ngày làm việc"]'::jsonb,
	'route', '{"rule_id":8,"system":"tu-phap","told":["cong"]}'::jsonb,
	'result_by', 'counter', 'return_to', '', 'note', '', 'ignore_similar', true) || changes
$$;

-- The due date a wait that ends now makes, as the counter would count it.
CREATE FUNCTION test.due_after_wait(dossier bigint) RETURNS timestamptz LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
SELECT CASE WHEN d.status IN (5, 6, 8) AND w.lost > interval '0' THEN working_add(u.code, d.due_at, w.lost) ELSE d.due_at END
	FROM dossier d JOIN unit u ON u.unit_id = d.unit_id, LATERAL (SELECT working_between(u.code, d.status_at, clock_timestamp()) AS lost) w
	WHERE d.dossier_id = dossier
$$;

-- Three working days from a moment, as the counter counts the fixture's limit.
CREATE FUNCTION test.due_there(received timestamptz) RETURNS timestamptz LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
SELECT due_after('30538', received, 3)
$$;
