-- SPDX-License-Identifier: Apache-2.0
-- load(): reference data in, all or nothing, as often as one likes.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE TYPE motcua.load_result AS (inserted int, changed int, closed int, unchanged int);

-- Rows as they come from a text file: empty values are absent ones.
CREATE FUNCTION motcua.load_clean(data jsonb)
RETURNS TABLE (ord int, body jsonb)
LANGUAGE sql IMMUTABLE SET search_path = motcua, pg_temp AS $$
	SELECT e.ordinality::int,
		coalesce((SELECT jsonb_object_agg(p.key, p.value) FROM jsonb_each(e.value) p
			WHERE p.value NOT IN ('""', 'null')), '{}')
	FROM jsonb_array_elements(data) WITH ORDINALITY e
$$;

-- The INSERT list of a kind: its own columns, absent text as '', absent flags and numbers as
-- false and 0 where the column demands a value.
CREATE FUNCTION motcua.load_columns(kind text, OUT names text, OUT vals text)
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum),
		string_agg(CASE
			WHEN a.attnotnull AND a.atttypid = 'text'::regtype THEN format('coalesce(r.%I, '''')', a.attname)
			WHEN a.attnotnull AND a.atttypid = 'boolean'::regtype THEN format('coalesce(r.%I, false)', a.attname)
			WHEN a.attnotnull AND a.atttypid IN ('int'::regtype, 'numeric'::regtype)
				THEN format('coalesce(r.%I, 0)', a.attname)
			ELSE format('r.%I', a.attname) END, ', ' ORDER BY a.attnum)
	FROM pg_attribute a
	WHERE a.attrelid = ('motcua.' || quote_ident(kind))::regclass AND a.attnum > 7 AND NOT a.attisdropped
$$;

-- Finds the rows that will not go in and says which and why (at most five).
CREATE FUNCTION motcua.load_blame(kind text, insertion text, data jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	one record;
	words text[] := '{}';
	first_row text := '';
BEGIN
	FOR one IN SELECT * FROM load_clean(data) LOOP
		BEGIN
			EXECUTE insertion USING jsonb_build_array(one.body), 'check', 0;
			RAISE EXCEPTION USING ERRCODE = 'MC999';
		EXCEPTION
			WHEN SQLSTATE 'MC999' THEN NULL;
			WHEN OTHERS THEN
				IF first_row = '' THEN first_row := one.ord::text; END IF;
				words := words || format('dòng %s: %s', one.ord, SQLERRM);
		END;
		EXIT WHEN cardinality(words) >= 5;
	END LOOP;
	IF words <> '{}' THEN
		PERFORM refuse('MC005', 'Dữ liệu nhập có dòng sai: ' || array_to_string(words, '; '),
			format('load %s: %s', kind, array_to_string(words, '; ')), first_row);
	END IF;
END $$;

-- A catalogue kind: closes what changed or left, inserts what is new.
CREATE FUNCTION motcua.load_catalogue(kind text, source text, data jsonb) RETURNS motcua.load_result
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
BEGIN
	SELECT * INTO list FROM load_columns(kind);
	SELECT 'md5(concat_ws(''|'', ' || string_agg(format('coalesce(r.%I::text, '''')', k), ', ') || '))::uuid'
		INTO key_words FROM catalogue_kind c, unnest(c.keys) k WHERE c.kind = load_catalogue.kind;
	insertion := format($i$
		INSERT INTO motcua.%1$I (key, digest, loaded_from, added, %2$s)
		SELECT %3$s, md5(to_jsonb(r)::text)::uuid, $2, $3, %4$s
		FROM motcua.load_clean($1) e, LATERAL jsonb_populate_record(NULL::motcua.%1$I, e.body) r
		WHERE NOT EXISTS (SELECT FROM motcua.%1$I t WHERE t.unit_id IS NULL AND t.ended IS NULL
			AND t.key = %3$s AND t.digest = md5(to_jsonb(r)::text)::uuid)
		$i$, kind, list.names, key_words, list.vals);
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
		EXECUTE format($u$
			UPDATE motcua.%1$I t SET ended = $2
			FROM motcua.load_clean($1) e, LATERAL jsonb_populate_record(NULL::motcua.%1$I, e.body) r
			WHERE t.unit_id IS NULL AND t.ended IS NULL AND t.key = %2$s
				AND t.digest <> md5(to_jsonb(r)::text)::uuid
			$u$, kind, key_words) USING data, fresh;
		GET DIAGNOSTICS gone = ROW_COUNT;
		res.changed := gone;
		EXECUTE insertion USING data, source, fresh;
		GET DIAGNOSTICS added_rows = ROW_COUNT;
		res.inserted := added_rows - gone;
		EXECUTE format($u$
			UPDATE motcua.%1$I t SET ended = $2
			WHERE t.unit_id IS NULL AND t.ended IS NULL AND t.loaded_from = $3 AND NOT EXISTS (
				SELECT FROM motcua.load_clean($1) e, LATERAL jsonb_populate_record(NULL::motcua.%1$I, e.body) r
				WHERE t.key = %2$s)
			$u$, kind, key_words) USING data, fresh, source;
		GET DIAGNOSTICS gone = ROW_COUNT;
		res.closed := gone;
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

-- Units, counters and clerks are no catalogue: they are updated in place, never closed by an import.
CREATE FUNCTION motcua.load_units(data jsonb) RETURNS motcua.load_result
LANGUAGE plpgsql AS $$
DECLARE
	res load_result := ROW(0, 0, 0, 0);
	one record;
	row_now unit;
BEGIN
	FOR one IN SELECT e.ord, r.* FROM load_clean(data) e,
		LATERAL jsonb_populate_record(NULL::unit, e.body) r ORDER BY e.ord
	LOOP
		SELECT * INTO row_now FROM unit WHERE code = one.code;
		IF NOT FOUND THEN
			res.inserted := res.inserted + 1;
			INSERT INTO unit(code, name, parent_name, organisation, office, place, province_code, phone,
				lookup_url, eid, practice)
			VALUES (one.code, one.name, one.parent_name, coalesce(one.organisation, ''),
				coalesce(one.office, ''), coalesce(one.place, ''), coalesce(one.province_code, ''),
				coalesce(one.phone, ''), coalesce(one.lookup_url, ''), one.eid, coalesce(one.practice, false));
		ELSE
			UPDATE unit SET name = one.name, parent_name = one.parent_name,
				organisation = coalesce(one.organisation, ''), office = coalesce(one.office, ''),
				place = coalesce(one.place, ''), province_code = coalesce(one.province_code, ''),
				phone = coalesce(one.phone, ''), lookup_url = coalesce(one.lookup_url, ''),
				eid = one.eid, practice = coalesce(one.practice, false)
			WHERE code = one.code;
			IF (SELECT u FROM unit u WHERE u.code = one.code) IS DISTINCT FROM row_now THEN
				res.changed := res.changed + 1;
			ELSE
				res.unchanged := res.unchanged + 1;
			END IF;
		END IF;
	END LOOP;
	RETURN res;
END $$;

CREATE FUNCTION motcua.load_unit_id(unit_code text, ord int) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
DECLARE
	found_id bigint := (SELECT unit_id FROM unit WHERE code = unit_code);
BEGIN
	IF found_id IS NULL THEN
		PERFORM refuse('MC005', format('Dòng %s: không có đơn vị %s.', ord, unit_code),
			format('row %s: no unit %s', ord, unit_code), ord::text);
	END IF;
	RETURN found_id;
END $$;

CREATE FUNCTION motcua.load_counters(data jsonb) RETURNS motcua.load_result
LANGUAGE plpgsql AS $$
DECLARE
	res load_result := ROW(0, 0, 0, 0);
	one record;
	row_now counter;
BEGIN
	FOR one IN SELECT e.ord, load_unit_id(e.body->>'unit_code', e.ord) AS unit_id, e.body->>'code' AS code,
		e.body->>'name' AS name, coalesce(e.body->>'room', '') AS room FROM load_clean(data) e
	LOOP
		SELECT * INTO row_now FROM counter WHERE unit_id = one.unit_id AND code = one.code;
		IF NOT FOUND THEN
			INSERT INTO counter VALUES (one.unit_id, one.code, one.name, one.room);
			res.inserted := res.inserted + 1;
		ELSIF row_now.name IS DISTINCT FROM one.name OR row_now.room <> one.room THEN
			UPDATE counter SET name = one.name, room = one.room
				WHERE unit_id = one.unit_id AND code = one.code;
			res.changed := res.changed + 1;
		ELSE
			res.unchanged := res.unchanged + 1;
		END IF;
	END LOOP;
	RETURN res;
END $$;

CREATE FUNCTION motcua.load_clerks(data jsonb) RETURNS motcua.load_result
LANGUAGE plpgsql AS $$
DECLARE
	res load_result := ROW(0, 0, 0, 0);
	one record;
BEGIN
	FOR one IN SELECT e.ord, load_unit_id(e.body->>'unit_code', e.ord) AS unit_id, e.body->>'login' AS login,
		coalesce(e.body->>'full_name', '') AS full_name, coalesce(e.body->>'title', '') AS title,
		coalesce(e.body->>'phone', '') AS phone, coalesce(e.body->>'email', '') AS email,
		CASE WHEN (coalesce(e.body->>'is_supervisor', '0'))::boolean THEN 'supervisor' ELSE 'clerk' END AS kind,
		e.body->>'password' AS password FROM load_clean(data) e
	LOOP
		IF EXISTS (SELECT FROM clerk c WHERE c.login = one.login AND c.unit_id = one.unit_id
			AND (c.full_name, c.title, c.phone, c.email, c.kind)
				= (one.full_name, one.title, one.phone, one.email, one.kind)) THEN
			res.unchanged := res.unchanged + 1;
			CONTINUE;
		END IF;
		IF EXISTS (SELECT FROM clerk c WHERE c.login = one.login) THEN
			res.changed := res.changed + 1;
		ELSE
			res.inserted := res.inserted + 1;
		END IF;
		PERFORM clerk_make(one.login, one.unit_id, one.kind, one.full_name, one.title, one.password);
		UPDATE clerk SET phone = one.phone, email = one.email WHERE login = one.login;
	END LOOP;
	RETURN res;
END $$;

-- load(kind, source, rows, dry): rows is an array of objects whose names are the column headers of
-- the text files.  A load is the whole of its source: rows of that source that are no longer there
-- are closed.  dry counts without keeping.  Errors: MC005 with the row number as HINT.
CREATE FUNCTION motcua.load(kind text, source text, rows jsonb, dry boolean DEFAULT false)
RETURNS motcua.load_result
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	res load_result;
BEGIN
	IF NOT is_admin() THEN
		PERFORM refuse('MC004', 'Chỉ quản trị được nhập dữ liệu.', format('%s may not load', session_user));
	END IF;
	IF rows IS NULL OR jsonb_typeof(rows) <> 'array' THEN
		PERFORM refuse('MC005', 'Dữ liệu nhập không phải danh sách.', 'rows is no JSON array', 'rows');
	END IF;
	PERFORM pg_advisory_xact_lock(hashtextextended('motcua.load', 0));
	BEGIN
		CASE
			WHEN kind = 'units' THEN res := load_units(rows);
			WHEN kind = 'counters' THEN res := load_counters(rows);
			WHEN kind = 'clerks' THEN res := load_clerks(rows);
			WHEN kind IN (SELECT k.kind FROM catalogue_kind k) THEN res := load_catalogue(kind, source, rows);
			ELSE PERFORM refuse('MC005', 'Không có loại dữ liệu ' || kind || '.', 'unknown kind ' || kind, 'kind');
		END CASE;
		IF dry THEN
			RAISE EXCEPTION USING ERRCODE = 'MC998';
		END IF;
	EXCEPTION WHEN SQLSTATE 'MC998' THEN
		NULL;
	END;
	RETURN res;
END $$;
GRANT USAGE ON SCHEMA motcua TO motcua_import;
GRANT EXECUTE ON FUNCTION motcua.load TO motcua_import;

RESET ROLE;
