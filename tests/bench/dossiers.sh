# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2016
#
# Dossiers by the thousand, for rows that need them; sourced after table.sh.

# One dossier through the program; the others are like it.  Receiving starts the courier; rows that want it start it
# when all is ready.
dossiers_template() {
	printf '{"procedure":"1.004873","owner":{"name":"Nguyễn Thị Thuỳ Dương","id_number":"%s","birth":"1999-03-05",
"sex":"nữ","phone":"0900000123","address":"Ấp Vồ Đầu","commune":"30538","province":"91"},
"components":[{"seq":1,"action":"submit","originals":1},{"name":"Hộ chiếu/Thẻ căn cước công dân","action":"show"}],
"fees":[{"amount":8000,"basis":"NQ"}],"paid":"cash","limit":{"value":3,"unit":"working_day","basis":"Luật"}}' \
		"0011$(date +%s%N | cut -c 8-15)" >"${1:-$MOTCUA_HOME/template.json}"
	motcua --user man receive --json "${1:-$MOTCUA_HOME/template.json}" >/dev/null
	"$BIN/motcua-courier" --stop
	template=$(sql -c "SELECT max(dossier_id) FROM motcua.dossier")
}

# The same request once more, as a counter sends it: one call in one round trip.
dossiers_script() {
	local request
	request=$(sql -v id="$template" <<-'END'
		SELECT json_build_object('request_id', 'REQUEST', 'counter', d.counter_code, 'catalogue_version',
			d.catalogue_version, 'computed_at', now(), 'procedure', d.procedure_code, 'case_id', NULL,
			'channel', d.channel, 'owner', m.payload->'owner' || '{"id_number":"NUMBER"}', 'submitter', NULL, 'mandate', NULL,
			'summary', d.summary, 'sets', d.sets, 'components', m.payload->'components', 'fees', m.payload->'fees',
			'limit', json_build_object('value', d.limit_value, 'unit', d.limit_unit, 'source', d.limit_source,
				'basis', d.limit_basis), 'due_at', d.due_at, 'due_lines', array[x.line],
			'route', json_build_object('rule_id', d.route_rule, 'system', d.route_system, 'told', d.route_told),
			'result_by', d.result_by, 'return_to', '', 'note', '', 'ignore_similar', false)
		FROM motcua.dossier d JOIN motcua.message m USING (unit_id, dossier_id)
		JOIN motcua.dossier_due x USING (unit_id, dossier_id)
		WHERE d.dossier_id = :id AND m.kind = 'dossier' AND m.system = d.route_system LIMIT 1
	END
	)
	printf '%s\n' '\set number random(100000000000, 999999999999)'
	printf 'SELECT code FROM desk.accept_dossier(replace(replace($request$%s$request$, %s, gen_random_uuid()::text), %s, :number::text)::jsonb);\n' \
		"$request" "'REQUEST'" "'NUMBER'"
}

# The rows that reception writes, each by one plain statement, sent together as one transaction.
dossiers_raw_script() {
	sql -v id="$template" <<-'END'
		\pset format unaligned
		WITH columns AS (
			SELECT c.relname AS name, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS list,
				string_agg(CASE
					WHEN a.attname = 'dossier_id' THEN 'currval(''motcua.dossier_dossier_id_seq'')'
					WHEN a.attname = 'request_id' THEN 'gen_random_uuid()'
					WHEN a.attname = 'code' THEN 'gen_random_uuid()::text'
					WHEN a.attname IN ('received_at', 'status_at', 'at', 'seen_at', 'made_at', 'changed_at')
						THEN 'now()'
					WHEN a.attname IN ('owner_id', 'id_number') THEN ':number::text'
					WHEN c.relname = 'audit' AND a.attname = 'seq' THEN 'seq + :number'
					WHEN c.relname = 'stream' AND a.attname = 'head' THEN '1'
					ELSE quote_ident(a.attname) END, ', ' ORDER BY a.attnum) AS picked
			FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
				AND a.attgenerated = '' AND a.attidentity = ''
			WHERE c.relnamespace = 'motcua'::regnamespace AND c.relname IN ('dossier', 'dossier_person',
				'dossier_component', 'dossier_fee', 'dossier_due', 'dossier_event', 'paper', 'stream', 'message', 'audit')
			GROUP BY c.relname
		), ordered AS (
			SELECT 0 AS turn, '\set number random(100000000000, 999999999999)' AS line
			UNION ALL SELECT 1, '\startpipeline'
			UNION ALL SELECT 2, 'BEGIN;'
			UNION ALL SELECT 3, 'UPDATE motcua.code_sequence SET last = last + 1;'
			UNION ALL SELECT CASE name WHEN 'dossier' THEN 4 ELSE 5 END, format(
				'INSERT INTO motcua.%s (%s) SELECT %s FROM motcua.%s WHERE dossier_id = %s;', name, list, picked, name, :id)
				FROM columns
			UNION ALL SELECT 6, 'UPDATE motcua.session SET last_seq = last_seq WHERE session_id = (SELECT max(session_id) FROM motcua.session);'
			UNION ALL SELECT 7, 'NOTIFY motcua_outbox, ''tu-phap'';'
			UNION ALL SELECT 8, 'COMMIT;'
			UNION ALL SELECT 9, '\endpipeline'
		)
		SELECT line FROM ordered ORDER BY turn, line;
	END
}
