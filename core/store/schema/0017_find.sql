-- SPDX-License-Identifier: Apache-2.0
-- Finding dossiers.  Results carry masked numbers; what is looked for is part of the audit trail.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE TYPE motcua.found AS (dossier_id bigint, code text, foreign_code text, procedure_code text,
	procedure_name text, owner_name text, owner_id_masked text, received_at timestamptz, due_at timestamptz,
	status int, sync text, unit_name text);

-- The worst of a dossier's travels.
CREATE FUNCTION motcua.sync_of(unit bigint, dossier bigint) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN (
	SELECT (ARRAY['disagreed', 'saved', 'sent', 'received'])[min(array_position(
		ARRAY['disagreed', 'saved', 'sent', 'received'], travel))]
	FROM stream WHERE unit_id = unit AND dossier_id = dossier
	);
END $$;

CREATE FUNCTION motcua.found_of(d motcua.dossier, unit_name text) RETURNS motcua.found
LANGUAGE sql STABLE AS $$
	SELECT d.dossier_id, d.code, coalesce((SELECT a.foreign_code FROM alias a WHERE a.unit_id = d.unit_id
			AND a.dossier_id = d.dossier_id ORDER BY (a.system = d.route_system) DESC, a.at LIMIT 1), ''),
		d.procedure_code, d.procedure_name, d.owner_name, mask(d.owner_id), d.received_at, d.due_at,
		d.status::int, coalesce(sync_of(d.unit_id, d.dossier_id), 'saved'), unit_name
$$;

-- What a query looks like when the clerk did not say.
CREATE FUNCTION motcua.query_kind(query text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE
		WHEN query ~ '-[0-9]{2,}' OR query ~* '^[A-Z][0-9]{2}\.' THEN 'code'
		WHEN query ~ '^\+?[0-9 .()-]+$' THEN CASE
			WHEN regexp_replace(query, '[^0-9]', '', 'g') ~ '^(0|84)[0-9]{8,9}$'
				AND length(regexp_replace(query, '[^0-9]', '', 'g')) BETWEEN 10 AND 11 THEN 'phone'
			ELSE 'id' END
		WHEN query ~ '[[:alpha:]]' OR query ~ '[^\x01-\x7f]' THEN 'name'
		ELSE 'id' END
$$;

CREATE FUNCTION motcua.like_safe(query text) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
	RETURN (
	SELECT regexp_replace(query, '([\\%_])', '\\\1', 'g')
	);
END $$;

-- Beginnings are asked with ~>=~ and ~<~, which use the pattern indexes whatever the locale and
-- however the plan was made; this is the first text beyond all that begin so.
CREATE FUNCTION motcua.beyond(prefix text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT $1 || chr(1114111) $$;

CREATE FUNCTION motcua.find_code(unit bigint, query text, most int) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE AS $$
DECLARE
	wanted text := upper(query);
BEGIN
	RETURN QUERY SELECT d.dossier_id FROM dossier d
		WHERE d.unit_id = unit AND d.code ~>=~ wanted AND d.code ~<~ beyond(wanted) ORDER BY d.code USING ~>~ LIMIT most;
	RETURN QUERY SELECT a.dossier_id FROM alias a
		WHERE a.unit_id = unit AND a.foreign_code ~>=~ wanted AND a.foreign_code ~<~ beyond(wanted) LIMIT most;
	-- The end of a code, as people read it out: "261120-7".
	IF query ~ '^[0-9]{6}-[0-9]{1,6}$' THEN
		wanted := (SELECT u.eid FROM unit u WHERE u.unit_id = unit) || '-' || split_part(query, '-', 1) || '-'
			|| lpad(split_part(query, '-', 2), greatest(4, length(split_part(query, '-', 2))), '0');
		RETURN QUERY SELECT d.dossier_id FROM dossier d WHERE d.unit_id = unit AND d.code = wanted;
	END IF;
END $$;

-- Candidates by name: the words as written, then given name first, then any words by the list of
-- distinct names.  Each way stops as soon as it has enough.
CREATE FUNCTION motcua.find_name(unit bigint, query text, most int) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE AS $$
DECLARE
	wanted text := fold(query);
	turned_query text := given_first(fold(query));
	others text[] := ARRAY(SELECT '% ' || like_safe(w) || '%' FROM unnest(string_to_array(fold(query), ' ')) w);
	words text[] := string_to_array(fold(query), ' ');
	longest text := (SELECT w FROM unnest(string_to_array(fold(query), ' ')) w ORDER BY length(w) DESC LIMIT 1);
	got int;
BEGIN
	RETURN QUERY SELECT p.dossier_id FROM dossier_person p
		WHERE p.unit_id = unit AND p.folded ~>=~ wanted AND p.folded ~<~ beyond(wanted)
		ORDER BY p.folded USING ~<~, p.seen_at DESC LIMIT most;
	GET DIAGNOSTICS got = ROW_COUNT;
	IF got >= most THEN
		RETURN;
	END IF;
	RETURN QUERY SELECT p.dossier_id FROM dossier_person p
		WHERE p.unit_id = unit AND p.turned ~>=~ turned_query AND p.turned ~<~ beyond(turned_query)
		ORDER BY p.turned USING ~<~, p.seen_at DESC LIMIT most;
	GET DIAGNOSTICS got = ROW_COUNT;
	IF got >= most THEN
		RETURN;
	END IF;
	RETURN QUERY SELECT p.dossier_id FROM (SELECT DISTINCT n.folded FROM name_word n
			WHERE n.unit_id = unit AND n.word ~>=~ longest AND n.word ~<~ beyond(longest)
				AND (cardinality(words) = 1 OR ' ' || n.folded LIKE ALL (others))
			LIMIT 200) n
		CROSS JOIN LATERAL (SELECT x.dossier_id FROM dossier_person x WHERE x.unit_id = unit AND x.folded = n.folded
			ORDER BY x.seen_at DESC LIMIT most) p
		LIMIT most;
END $$;

CREATE FUNCTION motcua.find_number(unit bigint, query text, most int) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN QUERY SELECT p.dossier_id FROM dossier_person p WHERE p.unit_id = unit AND p.id_number <> ''
		AND p.id_number ~>=~ query AND p.id_number ~<~ beyond(query)
		ORDER BY p.id_number USING ~<~, p.seen_at DESC LIMIT most;
END $$;

CREATE FUNCTION motcua.find_phone(unit bigint, query text, most int) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE AS $$
DECLARE
	digits text := regexp_replace(regexp_replace(query, '[^0-9]', '', 'g'), '^84(?=[0-9]{8,9}$)', '0');
BEGIN
	IF digits = '' THEN
		RETURN;
	END IF;
	RETURN QUERY SELECT p.dossier_id FROM dossier_person p WHERE p.unit_id = unit AND p.phone_digits <> ''
		AND p.phone_digits ~>=~ digits AND p.phone_digits ~<~ beyond(digits)
		ORDER BY p.phone_digits USING ~<~, p.seen_at DESC LIMIT most;
END $$;

CREATE FUNCTION desk.find(query text, by text, most int) RETURNS SETOF motcua.found
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := me();
	wanted text := regexp_replace(btrim(coalesce(query, '')), '\s+', ' ', 'g');
	kind text := coalesce(nullif(by, ''), query_kind(wanted));
	ids bigint[];
	limit_to int := greatest(1, least(coalesce(most, 50), 500));
	here text := (SELECT u.name FROM unit u WHERE u.unit_id = mine.unit_id);
BEGIN
	IF length(wanted) < 2 OR fold(wanted) = '' THEN
		RETURN;
	END IF;
	CASE kind
		WHEN 'code' THEN ids := ARRAY(SELECT find_code(mine.unit_id, wanted, limit_to));
		WHEN 'name' THEN ids := ARRAY(SELECT find_name(mine.unit_id, wanted, limit_to));
		WHEN 'id' THEN
			ids := ARRAY(SELECT find_number(mine.unit_id, wanted, limit_to));
			IF ids = '{}' AND coalesce(by, '') = '' THEN
				ids := ARRAY(SELECT find_phone(mine.unit_id, wanted, limit_to));
			END IF;
		WHEN 'phone' THEN ids := ARRAY(SELECT find_phone(mine.unit_id, wanted, limit_to));
		ELSE PERFORM refuse('MC005', 'Cách tìm không đúng.', 'find by ' || kind, 'by');
	END CASE;
	PERFORM audit('find', NULL, jsonb_build_object('by', kind, 'query', CASE WHEN kind IN ('id', 'phone')
		THEN mask(wanted) ELSE wanted END, 'rows', cardinality(ids)));
	IF kind = 'name' THEN
		RETURN QUERY SELECT f.* FROM dossier d, found_of(d, here) f
			WHERE d.unit_id = mine.unit_id AND d.dossier_id = ANY (ids)
			ORDER BY (fold(d.owner_name) LIKE like_safe(fold(wanted)) || '%' OR given_first(fold(d.owner_name))
					LIKE like_safe(given_first(fold(wanted))) || '%') DESC,
				given_of(d.owner_name) COLLATE vi, family_of(d.owner_name) COLLATE vi, d.owner_name COLLATE vi,
				d.received_at DESC LIMIT limit_to;
	ELSE
		RETURN QUERY SELECT f.* FROM dossier d, found_of(d, here) f
			WHERE d.unit_id = mine.unit_id AND d.dossier_id = ANY (ids)
			ORDER BY d.received_at DESC, d.dossier_id DESC LIMIT limit_to;
	END IF;
END $$;

RESET ROLE;
