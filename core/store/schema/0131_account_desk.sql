-- SPDX-License-Identifier: Apache-2.0
-- Rights as counters see them: one's own and whom to ask; the unit's table; what supervisors enter.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- Whom to ask about accounts: the officer named in the unit's settings, else a supervisor.
CREATE FUNCTION motcua.account_contact(unit bigint) RETURNS motcua.clerk
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT c FROM clerk c WHERE c.unit_id = unit AND NOT c.locked
		AND (c.is_supervisor OR c.login = setting_of(unit, 'accounts_officer'))
	ORDER BY c.login IS DISTINCT FROM setting_of(unit, 'accounts_officer'), c.phone = '', c.full_name COLLATE vi LIMIT 1
$$;

-- My rights, system by system; state '' where nobody knows.  others: colleagues who have the right;
-- lacking: clerks of the unit known not to have it.
CREATE FUNCTION desk.rights() RETURNS TABLE (system text, state text, fields text, procedures text, note text,
	checked_at timestamptz, others text, contact text, contact_phone text, contact_is_me boolean, lacking int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT s.code, coalesce(a.state, ''), coalesce(array_to_string(a.fields, '; '), ''),
		coalesce(array_to_string(a.procedures, '; '), ''), coalesce(a.note, ''), a.checked_at,
		coalesce((SELECT string_agg(x.full_name, ', ') FROM (SELECT c.full_name FROM account o
			JOIN clerk c ON c.unit_id = o.unit_id AND c.login = o.login
			WHERE o.unit_id = m.unit_id AND o.system = s.code AND o.state = 'granted' AND o.login <> m.login
				AND NOT c.locked ORDER BY given_of(c.full_name) COLLATE vi, c.full_name COLLATE vi LIMIT 4) x), ''),
		coalesce(k.full_name, ''), coalesce(nullif(k.phone, ''), u.phone), coalesce(k.login = m.login, false),
		(SELECT count(*) FROM account o JOIN clerk c ON c.unit_id = o.unit_id AND c.login = o.login
			WHERE o.unit_id = m.unit_id AND o.system = s.code AND o.state <> 'granted' AND NOT c.locked)::int
	FROM me() m JOIN unit u ON u.unit_id = m.unit_id CROSS JOIN systems s
	CROSS JOIN LATERAL account_contact(m.unit_id) k
	LEFT JOIN account a ON a.unit_id = m.unit_id AND a.login = m.login AND a.system = s.code
	WHERE s.ended IS NULL ORDER BY s.code
$$;

-- Every clerk at work × every system.  checks: the system tells of rights itself; asked_*: the latest
-- question about them.  The name of an account is its owner's and the supervisors'.
CREATE FUNCTION desk.accounts() RETURNS TABLE (login text, full_name text, title text, system text,
	system_name text, family text, state text, account text, fields text, procedures text, note text, source text,
	by_name text, checked_at timestamptz, version int, checks boolean, asked_state text, asked_at timestamptz,
	asked_note text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	WITH s AS (
		SELECT x.code, x.name, x.family, x.code IN (SELECT rights_systems()) AS checks,
			CASE WHEN q.state = 'waiting' AND q.give_up_at <= clock_timestamp() THEN 'failed' ELSE q.state END AS state,
			CASE WHEN q.state = 'waiting' AND q.give_up_at <= clock_timestamp()
				THEN 'Bộ chuyển hồ sơ không chạy nên chưa hỏi được.' ELSE q.note END AS note,
			coalesce(q.answered_at, q.asked_at) AS at
		FROM me() m CROSS JOIN systems x LEFT JOIN LATERAL (SELECT * FROM question y WHERE y.unit_id = m.unit_id
			AND y.kind = 'rights' AND y.system = x.code ORDER BY y.asked_at DESC LIMIT 1) q ON true
		WHERE x.ended IS NULL
	)
	SELECT c.login, c.full_name, c.title, s.code, s.name, s.family, coalesce(a.state, ''),
		CASE WHEN m.is_supervisor OR c.login = m.login THEN coalesce(a.account, '') ELSE '' END,
		coalesce(array_to_string(a.fields, '; '), ''), coalesce(array_to_string(a.procedures, '; '), ''),
		coalesce(a.note, ''), coalesce(a.source, ''),
		coalesce((SELECT b.full_name FROM clerk b WHERE b.login = a.by_login AND b.unit_id = m.unit_id), ''),
		a.checked_at, coalesce(a.version, 0), s.checks, coalesce(s.state, ''), s.at, coalesce(s.note, '')
	FROM me() m JOIN clerk c ON c.unit_id = m.unit_id AND NOT c.locked CROSS JOIN s
	LEFT JOIN account a ON a.unit_id = c.unit_id AND a.login = c.login AND a.system = s.code
	ORDER BY given_of(c.full_name) COLLATE vi, c.full_name COLLATE vi, c.login, s.code
$$;

CREATE FUNCTION desk.account_history(of_login text, of_system text) RETURNS TABLE (at timestamptz, state text,
	account text, fields text, procedures text, note text, source text, by_name text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := me();
BEGIN
	IF NOT mine.is_supervisor AND mine.login <> of_login THEN
		PERFORM refuse('MC004', 'Việc này cần người phụ trách.', 'history of another account');
	END IF;
	RETURN QUERY SELECT e.at, e.state, e.account, array_to_string(e.fields, '; '), array_to_string(e.procedures, '; '),
		e.note, e.source, coalesce((SELECT b.full_name FROM clerk b WHERE b.login = e.by_login AND b.unit_id = mine.unit_id), '')
	FROM account_event e WHERE e.unit_id = mine.unit_id AND e.login = of_login AND e.system = of_system
	ORDER BY e.event_id DESC LIMIT 50;
END $$;

-- fields: separated by semicolons; procedures: codes separated by blanks, commas or semicolons.
-- at_version: as the screen shows, 0 where there was nothing.
CREATE FUNCTION desk.account_set(of_login text, of_system text, at_version int, to_state text, account_name text,
	field_list text, procedure_list text, remark text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := my_supervisor();
	codes text[] := array_remove(regexp_split_to_array(coalesce(procedure_list, ''), '[;,\s]+'), '');
	wrong text := (SELECT c FROM unnest(codes) c WHERE c !~ '^[0-9A-Z._]{3,40}$' LIMIT 1);
	fresh int;
BEGIN
	PERFORM check_that(EXISTS (SELECT FROM clerk c WHERE c.unit_id = mine.unit_id AND c.login = of_login AND NOT c.locked),
		'login', 'Đơn vị không có cán bộ này đang làm việc.');
	PERFORM check_that(EXISTS (SELECT FROM systems s WHERE s.code = of_system AND s.ended IS NULL),
		'system', 'Danh mục không có hệ thống này.');
	PERFORM check_that(coalesce(to_state IN ('granted', 'error', 'missing', 'asked'), false), 'state',
		'Trạng thái tài khoản không đúng.');
	PERFORM check_that(length(coalesce(account_name, '')) <= 80, 'account', 'Tên tài khoản quá dài.');
	PERFORM check_that(length(coalesce(remark, '')) <= 500, 'note', 'Ghi chú quá dài.');
	PERFORM check_that(wrong IS NULL, 'procedures', format('Mã thủ tục không đúng dạng: %s.', wrong));
	IF coalesce((SELECT a.version FROM account a WHERE a.unit_id = mine.unit_id AND a.login = of_login
			AND a.system = of_system FOR UPDATE), 0) <> coalesce(at_version, 0) THEN
		PERFORM refuse('MC006', 'Có thông tin mới về tài khoản này: đã đọc lại, mời xem rồi sửa.', 'account version');
	END IF;
	INSERT INTO account AS a (unit_id, login, system, state, account, fields, procedures, note, source, by_login)
	VALUES (mine.unit_id, of_login, of_system, to_state, btrim(coalesce(account_name, '')),
		words_of(to_jsonb(regexp_split_to_array(coalesce(field_list, ''), '\s*[;\n]\s*'))), words_of(to_jsonb(codes)),
		btrim(coalesce(remark, '')), 'officer', mine.login)
	ON CONFLICT ON CONSTRAINT account_pkey DO UPDATE SET state = excluded.state, account = excluded.account,
		fields = excluded.fields, procedures = excluded.procedures, note = excluded.note, source = 'officer',
		by_login = excluded.by_login, checked_at = clock_timestamp(), version = a.version + 1
	RETURNING a.version INTO fresh;
	PERFORM audit('account', NULL, jsonb_build_object('login', of_login, 'system', of_system, 'state', to_state));
	PERFORM pg_notify('motcua_unit_' || mine.unit_id, 'account 0');
	RETURN fresh;
END $$;

-- Asks every system that tells of rights, now; how many were asked (those still being asked are not).
CREATE FUNCTION desk.accounts_ask() RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := my_supervisor();
	count_asked int := (SELECT count(rights_ask(mine.unit_id, r.code, mine.login, 'Kiểm tra quyền của cán bộ'))
		FROM rights_systems() r(code));
BEGIN
	PERFORM audit('accounts_ask', NULL, jsonb_build_object('systems', count_asked));
	PERFORM pg_notify('motcua_unit_' || mine.unit_id, 'account 0');
	RETURN count_asked;
END $$;

-- What is known of the clerks themselves; the number stays masked.
CREATE FUNCTION desk.officers() RETURNS TABLE (login text, full_name text, title text, phone text, email text,
	id_masked text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
	SELECT c.login, c.full_name, c.title, c.phone, c.email, coalesce(mask(p.id_number), '')
	FROM my_supervisor() m JOIN clerk c ON c.unit_id = m.unit_id AND NOT c.locked
	LEFT JOIN clerk_personal p ON p.unit_id = c.unit_id AND p.login = c.login
	ORDER BY given_of(c.full_name) COLLATE vi, c.full_name COLLATE vi, c.login
$$;

CREATE FUNCTION desk.officer_id(of_login text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := my_supervisor();
	value text := (SELECT p.id_number FROM clerk_personal p WHERE p.unit_id = mine.unit_id AND p.login = of_login);
BEGIN
	IF value IS NULL THEN
		PERFORM refuse('MC008', 'Chưa có số CCCD của cán bộ này.', format('no number of %s', of_login));
	END IF;
	PERFORM audit('reveal', NULL, jsonb_build_object('what', 'clerk_id', 'login', of_login));
	RETURN value;
END $$;

-- number NULL: as it is; '': taken away.
CREATE FUNCTION desk.officer_set(of_login text, to_phone text, to_email text, number text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	mine clerk := my_supervisor();
BEGIN
	PERFORM check_that(coalesce(to_phone, '') ~ '^[0-9+ .-]{0,20}$', 'phone', 'Số điện thoại chỉ gồm chữ số.');
	PERFORM check_that(coalesce(to_email, '') ~ '^([^\s@]+@[^\s@]+)?$' AND length(coalesce(to_email, '')) <= 120,
		'email', 'Địa chỉ e-mail không đúng dạng.');
	PERFORM check_that(coalesce(number, '') ~ '^([0-9]{12})?$', 'id_number', 'Số CCCD gồm 12 chữ số.');
	UPDATE clerk c SET phone = btrim(coalesce(to_phone, '')), email = btrim(coalesce(to_email, '')), version = c.version + 1
		WHERE c.unit_id = mine.unit_id AND c.login = of_login AND NOT c.locked;
	IF NOT FOUND THEN
		PERFORM refuse('MC008', 'Đơn vị không có cán bộ này đang làm việc.', format('no clerk %s', of_login));
	END IF;
	IF number = '' THEN
		DELETE FROM clerk_personal p WHERE p.unit_id = mine.unit_id AND p.login = of_login;
	ELSIF number IS NOT NULL THEN
		INSERT INTO clerk_personal AS p (unit_id, login, id_number, by_login)
		VALUES (mine.unit_id, of_login, number, mine.login)
		ON CONFLICT ON CONSTRAINT clerk_personal_pkey DO UPDATE SET id_number = excluded.id_number,
			by_login = excluded.by_login, changed_at = clock_timestamp();
	END IF;
	PERFORM audit('officer_set', NULL, jsonb_build_object('login', of_login, 'number', number IS NOT NULL));
	PERFORM pg_notify('motcua_unit_' || mine.unit_id, 'account 0');
END $$;

-- The table with the clerks' personal data, for the list that goes to those who open accounts: one look,
-- one line in the trail.
CREATE FUNCTION desk.account_list() RETURNS TABLE (login text, full_name text, title text, phone text, email text,
	id_number text, system text, system_name text, state text, account text, fields text, procedures text, note text,
	checked_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
#variable_conflict use_column
DECLARE
	mine clerk := my_supervisor();
BEGIN
	PERFORM audit('reveal', NULL, jsonb_build_object('what', 'account_list'));
	RETURN QUERY SELECT c.login, c.full_name, c.title, c.phone, c.email, coalesce(p.id_number, ''), s.code, s.name,
		coalesce(a.state, ''), coalesce(a.account, ''), coalesce(array_to_string(a.fields, '; '), ''),
		coalesce(array_to_string(a.procedures, '; '), ''), coalesce(a.note, ''), a.checked_at
	FROM clerk c CROSS JOIN systems s
	LEFT JOIN clerk_personal p ON p.unit_id = c.unit_id AND p.login = c.login
	LEFT JOIN account a ON a.unit_id = c.unit_id AND a.login = c.login AND a.system = s.code
	WHERE c.unit_id = mine.unit_id AND NOT c.locked AND s.ended IS NULL
	ORDER BY given_of(c.full_name) COLLATE vi, c.full_name COLLATE vi, c.login, s.code;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
