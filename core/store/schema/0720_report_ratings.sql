-- SPDX-License-Identifier: Apache-2.0
-- The nine indices of TT 01/2018/TT-VPCP Điều 13 of a period: which dossiers give how many points, and for what this
-- system holds no figures, with the reason.

SET LOCAL search_path = motcua, pg_temp;

SET ROLE motcua_owner;

-- A row a dossier and index that it counts for; 2, 1 or 0 points.  1, 2 and 3: finished with a result in the period, as it
-- stood when the period ended; 7: rated in the period.
CREATE FUNCTION motcua.rated(unit bigint, since date, until date)
RETURNS TABLE (nth int, dossier_id bigint, field text, points int)
LANGUAGE sql STABLE AS $$
	WITH done AS MATERIALIZED (SELECT c.* FROM counted(unit, since, until, NULL) c WHERE c.ended_at IS NOT NULL AND c.status IN (9, 10))
	SELECT 1, c.dossier_id, c.field, CASE c.class WHEN 'early' THEN 2 WHEN 'on_time' THEN 1 ELSE 0 END
	FROM done c WHERE c.due_at IS NOT NULL
	UNION ALL
	-- Steps of the unit's own internal procedure; the worst of a dossier's speaks for it.
	SELECT 2, c.dossier_id, c.field, min(CASE leg_outcome(s.due_at, s.ended_at) WHEN 'early' THEN 2 WHEN 'on_time' THEN 1 ELSE 0 END)
	FROM done c JOIN dossier_step s ON s.unit_id = unit AND s.dossier_id = c.dossier_id
	WHERE s.held_by IN ('desk', 'room') AND s.state = 'done' AND s.due_at IS NOT NULL AND s.ended_at < begins(until + 1)
	GROUP BY c.dossier_id, c.field
	UNION ALL
	SELECT 3, c.dossier_id, c.field, greatest(0, 2 - greatest(0, n.asked))::int
	FROM done c CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE e.to_status = 5 AND e.act <> 'undo')
			- count(*) FILTER (WHERE e.from_status = 5 AND e.act = 'undo') AS asked
		FROM dossier_event e WHERE e.unit_id = unit AND e.dossier_id = c.dossier_id AND e.from_status <> e.to_status
			AND e.at < begins(until + 1)) n
	UNION ALL
	SELECT 7, d.dossier_id, d.field, CASE r.grade WHEN 'very' THEN 2 WHEN 'yes' THEN 1 ELSE 0 END
	FROM rating r JOIN dossier d USING (unit_id, dossier_id)
	WHERE r.unit_id = unit AND r.at >= begins(since) AND r.at < begins(until + 1) AND r.grade <> 'none'
$$;

-- What each index is and how it is counted; missing: why nothing is counted.
CREATE FUNCTION motcua.rated_words() RETURNS TABLE (nth int, name text, formula text, missing text)
LANGUAGE sql IMMUTABLE AS $$
	VALUES (1, 'Tổng thời gian giải quyết so với quy định',
			'Hồ sơ có kết quả trong kỳ, có hẹn trả. 2 điểm: xong trước ngày hẹn; 1: trong ngày hẹn; 0: sau ngày hẹn. Ngày hẹn là ngày hẹn sau cùng.',
			'Trong kỳ không có hồ sơ nào có kết quả và có hẹn trả.'),
		(2, 'Thời gian của từng cơ quan, đơn vị tham gia so với quy định',
			'Các bước của đơn vị trong quy trình nội bộ, ở hồ sơ có kết quả trong kỳ. 2 điểm: xong trước ngày đến hạn của bước; 1: trong ngày, chưa quá giờ; '
			|| '0: quá hạn. Hồ sơ lấy bước kém nhất. Bước của cơ quan khác không tính.',
			'Trong kỳ không có hồ sơ nào có kết quả mà có quy trình nội bộ (motcua import steps.tsv).'),
		(3, 'Số lần phải liên hệ nơi tiếp nhận để hoàn thiện hồ sơ',
			'Hồ sơ có kết quả trong kỳ, theo số lần yêu cầu bổ sung. 2 điểm: không lần nào; 1: một lần; 0: hơn một lần. '
			|| 'Lỗi của người nộp được trừ theo Thông tư nhưng không được ghi ở đây, nên chưa trừ.',
			'Trong kỳ không có hồ sơ nào có kết quả.'),
		(4, 'Số cơ quan, đơn vị phải liên hệ để hoàn thiện hồ sơ', '',
			'Không ghi công dân đã phải đến những cơ quan nào khác: hỏi công dân bằng phiếu.'),
		(5, 'Tổ chức tiếp nhận, giải quyết, trả kết quả tại Một cửa', '',
			'Đánh giá cách tổ chức của cơ quan, không tính được từ hồ sơ.'),
		(6, 'Mức độ công khai thủ tục hành chính', '',
			'Kiểm tra nơi niêm yết và Cổng dịch vụ công, không tính được từ hồ sơ.'),
		(7, 'Thái độ của công chức, viên chức',
			'Đánh giá của công dân tại quầy trong kỳ. 2 điểm: rất hài lòng; 1: hài lòng; 0: không hài lòng. Công dân không nêu ý kiến thì không tính. '
			|| 'Phản ánh, kiến nghị gửi nơi khác không có ở đây.',
			'Trong kỳ không có công dân nào đánh giá tại quầy.'),
		(8, 'Tiếp thu, giải trình phản ánh, kiến nghị', '',
			'Phản ánh, kiến nghị nằm ở Cổng dịch vụ công quốc gia, không nối với phần mềm này.'),
		(9, 'Tiến độ và chất lượng cung cấp dịch vụ công trực tuyến', '',
			'Đánh giá mức độ cung cấp của cơ quan; tỷ lệ hồ sơ trực tuyến xem ở chỉ số theo Quyết định 766.')
$$;

CREATE FUNCTION desk.report_ratings(since date, until date, deciding boolean, narrow text, personal boolean, reason text)
RETURNS TABLE (key text, name text, dossiers bigint, two bigint, one bigint, zero bigint, points numeric, most int, rule text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = motcua, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
	unit bigint := report_gate('ratings', since, until, deciding, narrow, false, '');
BEGIN
	RETURN QUERY SELECT w.nth::text, w.nth || '. ' || w.name, r.dossiers, r.two, r.one, r.zero, round(r.points, 2), CASE WHEN r.dossiers > 0 THEN 2 END,
		CASE WHEN r.dossiers > 0 THEN w.formula ELSE 'Không có số liệu: ' || w.missing END
	FROM rated_words() w LEFT JOIN (SELECT x.nth, count(*) AS dossiers, count(*) FILTER (WHERE x.points = 2) AS two,
			count(*) FILTER (WHERE x.points = 1) AS one, count(*) FILTER (WHERE x.points = 0) AS zero, avg(x.points) AS points
		FROM rated(unit, since, until) x WHERE coalesce(narrow, '') IN ('', x.field) GROUP BY x.nth) r USING (nth)
	ORDER BY w.nth;
END $$;

-- As in 0561, and of the indices.
CREATE OR REPLACE FUNCTION motcua.report_ids(unit bigint, kind text, since date, until date, deciding boolean, narrow text, row_key text, col text)
RETURNS SETOF bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
	CASE kind
	WHEN 'form06' THEN RETURN QUERY SELECT c.dossier_id FROM counted(unit, since, until, deciding) c
		WHERE coalesce(narrow, '') IN ('', c.field) AND row_key IN ('', c.field) AND in_column(c.carried, c.channel, c.class, col);
	WHEN 'officers' THEN RETURN QUERY SELECT c.dossier_id FROM counted(unit, since, until, deciding) c
		WHERE coalesce(narrow, '') IN ('', c.field) AND row_key IN ('', c.login) AND in_column(c.carried, c.channel, c.class, col);
	WHEN 'elsewhere' THEN RETURN QUERY SELECT b.dossier_id FROM between_places(unit, since, until) b
		WHERE coalesce(narrow, '') IN ('', b.field) AND row_key IN ('', b.key) AND in_column(b.carried, b.channel, b.class, col);
	WHEN 'digitised' THEN RETURN QUERY SELECT g.dossier_id FROM digitised(unit, since, until, deciding) g
		WHERE coalesce(narrow, '') IN ('', g.field) AND row_key IN ('', g.field) AND CASE col WHEN 'received' THEN g.received
			WHEN 'no_file' THEN g.received AND NOT g.with_file WHEN 'with_file' THEN g.with_file WHEN 'reused' THEN g.reused
			WHEN 'portal' THEN g.portal WHEN 'done' THEN g.done WHEN 'no_result' THEN g.done AND NOT g.result_file
			WHEN 'result_file' THEN g.result_file ELSE false END;
	WHEN 'fees' THEN RETURN QUERY SELECT DISTINCT m.dossier_id FROM money_lines(unit, since, until) m
		WHERE coalesce(narrow, '') IN ('', m.field) AND row_key IN ('', m.name)
			AND (col = 'dossiers' OR m.way = col OR col = 'total' AND m.way IN ('cash', 'transfer'));
	WHEN 'ratings' THEN RETURN QUERY SELECT DISTINCT r.dossier_id FROM rated(unit, since, until) r
		WHERE coalesce(narrow, '') IN ('', r.field) AND row_key IN ('', r.nth::text)
			AND CASE col WHEN 'dossiers' THEN true WHEN 'two' THEN r.points = 2 WHEN 'one' THEN r.points = 1 WHEN 'zero' THEN r.points = 0 ELSE false END;
	ELSE PERFORM refuse('MC008', 'Bảng này không mở được danh sách hồ sơ.', format('no list behind %s', kind));
	END CASE;
END $$;

RESET ROLE;
SELECT motcua.open_doors();
