-- SPDX-License-Identifier: Apache-2.0
-- Profiles of the systems as they were reviewed and loaded: each version stays; the newest one is
-- what couriers and counters use.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

CREATE TABLE motcua.profile (
	system      text NOT NULL CHECK (system ~ '^[a-z0-9-]{1,40}$'),
	version     int NOT NULL,
	digest      bytea NOT NULL,               -- sha256 of the canonical text
	data        jsonb NOT NULL CHECK (jsonb_typeof(data) = 'object'),
	loaded_from text NOT NULL,
	loaded_by   text NOT NULL DEFAULT session_user,
	loaded_at   timestamptz NOT NULL DEFAULT now(),
	PRIMARY KEY (system, version)
);
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON motcua.profile
	FOR EACH ROW EXECUTE FUNCTION motcua.only_grows();

CREATE FUNCTION motcua.profile_of(wanted text) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = motcua, pg_temp AS $$
	SELECT p.data FROM profile p WHERE p.system = wanted ORDER BY p.version DESC LIMIT 1
$$;

-- {code: profile, …}: what differs from its newest version becomes a version.  A system that a file
-- does not name keeps its profile; what came with the program ("shipped") never replaces what an
-- administrator loaded.
CREATE FUNCTION motcua.load_profiles(source text, profiles jsonb, dry boolean DEFAULT false)
RETURNS motcua.load_result
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$
DECLARE
	res load_result := ROW(0, 0, 0, 0);
	one record;
	newest int;
BEGIN
	IF NOT is_admin() THEN
		PERFORM refuse('MC004', 'Chỉ quản trị được nhập dữ liệu.', format('%s may not load', session_user));
	END IF;
	PERFORM check_that(jsonb_typeof(profiles) = 'object', 'profiles', 'Hồ sơ kết nối không đúng dạng.');
	PERFORM pg_advisory_xact_lock(hashtextextended('motcua.load', 0));
	FOR one IN SELECT key AS code, value AS data, sha256(convert_to(value::text, 'UTF8')) AS digest FROM jsonb_each(profiles) LOOP
		PERFORM check_that(EXISTS (SELECT FROM systems s WHERE s.code = one.code AND s.ended IS NULL), one.code,
			format('Danh mục không có hệ thống %s.', one.code));
		newest := (SELECT max(p.version) FROM profile p WHERE p.system = one.code);
		IF EXISTS (SELECT FROM profile p WHERE p.system = one.code AND p.version = newest
			AND (p.digest = one.digest OR (source = 'shipped' AND p.loaded_from <> 'shipped'))) THEN
			res.unchanged := res.unchanged + 1;
			CONTINUE;
		ELSIF newest IS NULL THEN
			res.inserted := res.inserted + 1;
		ELSE
			res.changed := res.changed + 1;
		END IF;
		CONTINUE WHEN dry;
		INSERT INTO profile (system, version, digest, data, loaded_from) VALUES (one.code, coalesce(newest, 0) + 1, one.digest,
			one.data, source);
		INSERT INTO system_state AS h (system, profile) VALUES (one.code, one.data)
			ON CONFLICT ON CONSTRAINT system_state_pkey DO UPDATE SET profile = one.data;
	END LOOP;
	IF NOT dry AND res.inserted + res.changed > 0 THEN
		PERFORM pg_notify('motcua_outbox', 'profiles');
	END IF;
	RETURN res;
END $$;
GRANT EXECUTE ON FUNCTION motcua.load_profiles TO motcua_import;

RESET ROLE;
SELECT motcua.guard('{profile}', '');
