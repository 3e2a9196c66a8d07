-- SPDX-License-Identifier: Apache-2.0
-- The first load of a kind compares nothing with nothing: a new database is filled in half the time.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- As in 0004.
CREATE OR REPLACE FUNCTION motcua.load_catalogue(kind text, source text, data jsonb) RETURNS motcua.load_result
LANGUAGE plpgsql AS $$
DECLARE
	res load_result := ROW(0, 0, 0, 0);
	list record;
	key_words text;
	insertion text;
	twice text;
	fresh int := (SELECT version + 1 FROM catalogue_version WHERE unit_id = 0);
	gone int;
	added_rows int;
	blank boolean; -- nothing of the kind is there yet: nothing to compare with, to end or to close
BEGIN
	SELECT * INTO list FROM load_columns(kind);
	SELECT 'md5(concat_ws(''|'', ' || string_agg(format('coalesce(r.%I::text, '''')', k), ', ') || '))::uuid'
		INTO key_words FROM catalogue_kind c, unnest(c.keys) k WHERE c.kind = load_catalogue.kind;
	EXECUTE format('SELECT NOT EXISTS (SELECT FROM motcua.%I t WHERE t.unit_id IS NULL)', kind) INTO blank;
	insertion := format($i$
		INSERT INTO motcua.%1$I (key, digest, loaded_from, added, %2$s)
		SELECT %3$s, md5(to_jsonb(r)::text)::uuid, $2, $3, %4$s
		FROM motcua.load_clean($1) e, LATERAL jsonb_populate_record(NULL::motcua.%1$I, e.body) r
		%5$s$i$, kind, list.names, key_words, list.vals, CASE WHEN blank THEN '' ELSE format($w$
		WHERE NOT EXISTS (SELECT FROM motcua.%1$I t WHERE t.unit_id IS NULL AND t.ended IS NULL
			AND t.key = %2$s AND t.digest = md5(to_jsonb(r)::text)::uuid)$w$, kind, key_words) END);
	BEGIN
		EXECUTE format($u$
			WITH fresh AS (
				SELECT e.ord, %2$s AS key, md5(to_jsonb(r)::text)::uuid AS digest
				FROM motcua.load_clean($1) e, LATERAL jsonb_populate_record(NULL::motcua.%1$I, e.body) r
			)
			SELECT (SELECT string_agg(ord::text, ', ') FROM (SELECT ord, row_number() OVER
					(PARTITION BY key ORDER BY ord) AS nth FROM fresh) f WHERE nth > 1)
			$u$, kind, key_words) INTO twice USING data;
		IF twice IS NOT NULL THEN
			PERFORM refuse('MC005', 'Dữ liệu nhập có dòng trùng khoá: dòng ' || twice,
				format('load %s: duplicate keys in rows %s', kind, twice), split_part(twice, ',', 1));
		END IF;
		IF NOT blank THEN
			EXECUTE format($u$
				UPDATE motcua.%1$I t SET ended = $2
				FROM motcua.load_clean($1) e, LATERAL jsonb_populate_record(NULL::motcua.%1$I, e.body) r
				WHERE t.unit_id IS NULL AND t.ended IS NULL AND t.key = %2$s
					AND t.digest <> md5(to_jsonb(r)::text)::uuid
				$u$, kind, key_words) USING data, fresh;
			GET DIAGNOSTICS gone = ROW_COUNT;
			res.changed := gone;
		END IF;
		EXECUTE insertion USING data, source, fresh;
		GET DIAGNOSTICS added_rows = ROW_COUNT;
		res.inserted := added_rows - coalesce(gone, 0);
		IF NOT blank THEN
			EXECUTE format($u$
				UPDATE motcua.%1$I t SET ended = $2
				WHERE t.unit_id IS NULL AND t.ended IS NULL AND t.loaded_from = $3 AND NOT EXISTS (
					SELECT FROM motcua.load_clean($1) e, LATERAL jsonb_populate_record(NULL::motcua.%1$I, e.body) r
					WHERE t.key = %2$s)
				$u$, kind, key_words) USING data, fresh, source;
			GET DIAGNOSTICS gone = ROW_COUNT;
			res.closed := gone;
		END IF;
	EXCEPTION WHEN data_exception OR integrity_constraint_violation THEN
		PERFORM load_blame(kind, insertion, data);
		RAISE;
	END;
	res.unchanged := jsonb_array_length(data) - res.inserted - res.changed;
	IF res.inserted + res.changed + res.closed > 0 THEN
		PERFORM catalogue_bump();
	END IF;
	RETURN res;
END $$;

RESET ROLE;
