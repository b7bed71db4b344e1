"""The statement that counts aggregates, and those that take digests. No input is ever put into the text.

`changed` is NULL for a recount of everything. With ids of organisations only their values are read: their own rows
are counted anew, and of the scopes the figures that they enter; the other organisations' parts are those that stand
in their rows. Both ways read the same rounded parts, so they give the same rows.
"""

COMPUTE = """
WITH version AS MATERIALIZED (
    -- what is counted in the period
    SELECT v.id, v.indicator_id, i.pack, v.aggregation, v.is_derived,
        CASE v.aggregation WHEN 'share_yes' THEN 100 ELSE v.scale END AS scale,
        (SELECT count(*) FROM indicators_term t WHERE t.version_id = v.id) AS terms
    FROM indicators_indicatorversion v
    JOIN indicators_indicator i ON i.id = v.indicator_id AND NOT i.is_group
        AND (i.is_active OR i.switched_off_on > %(day)s)
    JOIN indicators_pack p ON p.code = i.pack AND p.period_kind = %(kind)s
    WHERE v.aggregation IN ('sum', 'ratio', 'mean', 'weighted_mean', 'share_yes') AND v.id <> ALL (%(second)s)
        AND coalesce(v.valid_from, '-infinity') <= %(day)s AND coalesce(v.valid_to, 'infinity') >= %(day)s
), used AS MATERIALIZED (
    -- the one value that counts for an organisation and indicator
    SELECT DISTINCT ON (v.indicator_id, x.organization_id)
        v.indicator_id, x.organization_id, x.number, x.absence_reason
    FROM indicators_value x
    JOIN indicators_indicatorversion v ON v.id = x.version_id
    WHERE x.period_id = %(period)s AND x.breakdown = ''
        AND (%(changed)s::bigint[] IS NULL OR x.organization_id = ANY (%(changed)s::bigint[]))
    ORDER BY v.indicator_id, x.organization_id, x.number IS NULL,
        CASE x.source WHEN 'manual' THEN 1 WHEN 'collection' THEN 2 ELSE 3 END, v.number DESC
), part AS (
    -- numerator, denominator and own value of an organisation
    SELECT v.id AS version_id, v.pack, u.organization_id, u.number AS numerator,
        CASE WHEN v.aggregation <> 'sum' AND u.number IS NOT NULL THEN 1::numeric END AS denominator,
        CASE v.scale WHEN 1 THEN u.number ELSE u.number * v.scale END AS value, u.absence_reason
    FROM version v
    JOIN used u ON u.indicator_id = v.indicator_id
    WHERE NOT v.is_derived AND v.aggregation IN ('sum', 'mean', 'share_yes')
    UNION ALL
    SELECT v.id, v.pack, u.organization_id, u.number * w.number, CASE WHEN u.number IS NOT NULL THEN w.number END,
        u.number * v.scale, u.absence_reason
    FROM version v
    JOIN used u ON u.indicator_id = v.indicator_id
    JOIN indicators_term t ON t.version_id = v.id
    LEFT JOIN used w ON w.indicator_id = t.input_id AND w.organization_id = u.organization_id
    WHERE v.aggregation = 'weighted_mean'
    UNION ALL
    SELECT v.id, v.pack, pair.organization_id, n.numerator, n.denominator,
        CASE v.aggregation WHEN 'ratio' THEN v.scale * n.numerator / nullif(n.denominator, 0)
            ELSE v.scale * n.numerator END, ''
    FROM (
        SELECT t.version_id, u.organization_id, count(u.number) AS known,
            sum(t.coefficient * u.number) FILTER (WHERE t.part = 'n') AS numerator,
            sum(t.coefficient * u.number) FILTER (WHERE t.part = 'd') AS denominator
        FROM indicators_term t
        JOIN version d ON d.id = t.version_id AND d.is_derived
        JOIN used u ON u.indicator_id = t.input_id
        GROUP BY t.version_id, u.organization_id
    ) pair
    JOIN version v ON v.id = pair.version_id
    CROSS JOIN LATERAL (
        SELECT CASE WHEN known = v.terms THEN pair.numerator END AS numerator,
            CASE WHEN known = v.terms THEN pair.denominator END AS denominator
    ) n
), scope AS MATERIALIZED (
    -- small numbers for scopes: they are what the great sort compares
    SELECT row_number() OVER (ORDER BY scope, scope_key)::int AS id, scope, scope_key, kind, locality, group_id
    FROM (
        SELECT 'municipality' AS scope, '' AS scope_key, NULL AS kind, NULL AS locality, NULL::bigint AS group_id
        UNION ALL SELECT DISTINCT 'kind', kind, kind, NULL, NULL::bigint FROM organizations_organization
            WHERE kind <> 'authority'
        UNION ALL SELECT DISTINCT 'locality', locality, NULL, locality, NULL::bigint FROM organizations_organization
            WHERE kind <> 'authority'
        UNION ALL SELECT 'group', id::text, NULL, NULL, id FROM organizations_group
    ) one
), member AS MATERIALIZED (
    SELECT s.id AS scope_id, o.id AS organization_id
    FROM scope s
    CROSS JOIN organizations_organization o
    WHERE s.scope = 'municipality' OR o.kind <> 'authority' AND (o.kind = s.kind OR o.locality = s.locality)
    UNION ALL
    SELECT s.id, g.organization_id
    FROM scope s
    JOIN organizations_group_organizations g ON g.group_id = s.group_id
    JOIN organizations_organization o ON o.id = g.organization_id AND o.kind <> 'authority'
), affected AS MATERIALIZED (
    -- scopes whose figures are counted
    SELECT s.id, s.scope, s.scope_key
    FROM scope s
    WHERE %(changed)s::bigint[] IS NULL
        OR s.id IN (SELECT scope_id FROM member WHERE organization_id = ANY (%(changed)s::bigint[]))
), addressed AS MATERIALIZED (
    SELECT p.code AS pack, o.id AS organization_id
    FROM indicators_pack p
    CROSS JOIN organizations_organization o
    WHERE p.period_kind = %(kind)s
        -- the authority fills only what names it: indicators of the municipality itself
        AND (p.kinds = '{}' AND o.kind <> 'authority' OR o.kind = ANY (p.kinds))
        AND (p.programmes = '{}' OR o.programmes && p.programmes)
        AND coalesce(o.opened_on, '-infinity') <= %(day)s AND coalesce(o.closed_on, 'infinity') > %(day)s
), expected AS MATERIALIZED (
    SELECT a.pack, m.scope_id, count(*) AS number
    FROM addressed a JOIN member m ON m.organization_id = a.organization_id
    GROUP BY a.pack, m.scope_id
), fact AS MATERIALIZED (
    -- rounded as they are stored
    SELECT part.version_id, part.organization_id, round(part.numerator, 12) AS numerator,
        round(part.denominator, 12) AS denominator, round(part.value, 12) AS value, part.absence_reason,
        (a.organization_id IS NULL)::int AS is_extra
    FROM part
    LEFT JOIN addressed a ON a.pack = part.pack AND a.organization_id = part.organization_id
), own AS MATERIALIZED (
    -- what stands in the rows of the changed organisations
    SELECT * FROM indicators_aggregate
    WHERE %(changed)s::bigint[] IS NOT NULL AND period_id = %(period)s AND scope = 'organization'
        AND scope_key = ANY (%(changed)s::bigint[]::text[]) AND version_id <> ALL (%(second)s)
), touched AS MATERIALIZED (
    -- versions whose figures of scopes are counted
    SELECT id AS version_id, pack FROM version WHERE %(changed)s::bigint[] IS NULL
    UNION
    SELECT v.id, v.pack
    FROM fact f
    FULL JOIN own o ON o.version_id = f.version_id AND o.scope_key = f.organization_id::text
    JOIN version v ON v.id = coalesce(f.version_id, o.version_id)
    WHERE %(changed)s::bigint[] IS NOT NULL
        AND (f.numerator, f.denominator, f.value) IS DISTINCT FROM (o.numerator, o.denominator, o.value)
), entered AS (
    SELECT f.version_id, f.organization_id, f.numerator, f.denominator, f.value, f.is_extra
    FROM fact f
    JOIN touched t ON t.version_id = f.version_id
    WHERE f.numerator IS NOT NULL
    UNION ALL
    SELECT o.version_id, o.scope_key::bigint, o.numerator, o.denominator, o.value, (a.organization_id IS NULL)::int
    FROM indicators_aggregate o
    JOIN touched t ON t.version_id = o.version_id
    LEFT JOIN addressed a ON a.pack = t.pack AND a.organization_id = o.scope_key::bigint
    WHERE %(changed)s::bigint[] IS NOT NULL AND o.period_id = %(period)s AND o.scope = 'organization'
        AND o.scope_key <> ALL (%(changed)s::bigint[]::text[]) AND o.numerator IS NOT NULL
), total AS (
    -- one number to group by is quicker than two
    SELECT f.version_id * 65536 + m.scope_id AS cell, sum(f.numerator) AS numerator, sum(f.denominator) AS denominator,
        count(*) AS reported, sum(f.is_extra) AS extra, array_agg(f.value ORDER BY f.value) AS ranked
    FROM entered f
    JOIN member m ON m.organization_id = f.organization_id
    JOIN affected s ON s.id = m.scope_id
    GROUP BY f.version_id * 65536 + m.scope_id
), figure AS (
    -- a row for every scope where somebody is expected or has reported, «нет данных» included
    SELECT v.id AS version_id, v.scale, v.aggregation, s.scope, s.scope_key, t.numerator, t.denominator,
        coalesce(t.reported, 0) AS reported, coalesce(e.number, 0) + coalesce(t.extra, 0) AS expected,
        CASE WHEN v.aggregation <> 'share_yes' THEN array_remove(t.ranked, NULL) END AS ranked
    FROM version v
    JOIN touched ON touched.version_id = v.id
    CROSS JOIN affected s
    LEFT JOIN expected e ON e.pack = v.pack AND e.scope_id = s.id
    LEFT JOIN total t ON t.cell = v.id * 65536 + s.id
    WHERE e.number IS NOT NULL OR t.reported IS NOT NULL
), computed AS MATERIALIZED (
    SELECT f.version_id, f.scope, f.scope_key, f.numerator, f.denominator, round(w.value, 12) AS value,
        CASE WHEN w.value IS NOT NULL THEN '' WHEN f.reported = 0 THEN 'нет данных' ELSE 'деление на ноль' END
            AS absence_reason,
        f.reported, f.expected, round(ranked[1], 12) AS minimum,
        round(ranked[q.n / 4 + 1] + (ranked[least(q.n / 4 + 2, q.n + 1)] - ranked[q.n / 4 + 1])
            * (q.n %% 4) / 4, 12) AS lower_quartile,
        round(ranked[q.n / 2 + 1] + (ranked[least(q.n / 2 + 2, q.n + 1)] - ranked[q.n / 2 + 1])
            * (q.n %% 2) / 2, 12) AS median,
        round(ranked[3 * q.n / 4 + 1] + (ranked[least(3 * q.n / 4 + 2, q.n + 1)] - ranked[3 * q.n / 4 + 1])
            * (3 * q.n %% 4) / 4, 12) AS upper_quartile,
        round(ranked[q.n + 1], 12) AS maximum
    FROM figure f
    CROSS JOIN LATERAL (SELECT cardinality(f.ranked) - 1 AS n) q
    CROSS JOIN LATERAL (
        SELECT CASE f.aggregation WHEN 'sum' THEN f.scale * f.numerator
            ELSE f.scale * f.numerator / nullif(f.denominator, 0) END AS value
    ) w
    UNION ALL
    SELECT version_id, 'organization', organization_id::text, numerator, denominator, value,
        CASE WHEN value IS NOT NULL THEN '' WHEN numerator IS NOT NULL THEN 'деление на ноль'
            ELSE coalesce(nullif(left(absence_reason, 100), ''), 'нет данных') END,
        (numerator IS NOT NULL OR value IS NOT NULL)::int, 1, NULL, NULL, NULL, NULL, NULL
    FROM fact
), stored AS (
    SELECT * FROM indicators_aggregate
    WHERE %(changed)s::bigint[] IS NULL AND period_id = %(period)s AND version_id <> ALL (%(second)s)
    UNION ALL
    SELECT * FROM own
    UNION ALL
    SELECT a.*
    FROM indicators_aggregate a
    JOIN touched t ON t.version_id = a.version_id
    JOIN affected s ON s.scope = a.scope AND s.scope_key = a.scope_key
    WHERE %(changed)s::bigint[] IS NOT NULL AND a.period_id = %(period)s AND a.scope <> 'organization'
), difference AS MATERIALIZED (
    -- what is new or changed, and (with `stale_id` only) what is gone
    SELECT c.*, CASE WHEN c.version_id IS NULL THEN a.id END AS stale_id
    FROM computed c
    FULL JOIN stored a
        ON a.version_id = c.version_id AND a.scope = c.scope AND a.scope_key = c.scope_key
    WHERE a.id IS NULL OR c.version_id IS NULL OR (a.numerator, a.denominator, a.value, a.absence_reason,
            a.reported, a.expected, a.minimum, a.lower_quartile, a.median, a.upper_quartile, a.maximum)
        IS DISTINCT FROM (c.numerator, c.denominator, c.value, c.absence_reason,
            c.reported, c.expected, c.minimum, c.lower_quartile, c.median, c.upper_quartile, c.maximum)
), deleted AS (
    DELETE FROM indicators_aggregate
    WHERE id IN (SELECT stale_id FROM difference WHERE stale_id IS NOT NULL)
    RETURNING 1
), written AS (
    INSERT INTO indicators_aggregate (version_id, period_id, scope, scope_key, numerator, denominator, value,
        absence_reason, reported, expected, minimum, lower_quartile, median, upper_quartile, maximum, computed_at)
    SELECT version_id, %(period)s, scope, scope_key, numerator, denominator, value, absence_reason,
        reported, expected, minimum, lower_quartile, median, upper_quartile, maximum, %(now)s
    FROM difference
    WHERE stale_id IS NULL
    ON CONFLICT (period_id, version_id, scope, scope_key) DO UPDATE
    SET numerator = excluded.numerator, denominator = excluded.denominator, value = excluded.value,
        absence_reason = excluded.absence_reason, reported = excluded.reported, expected = excluded.expected,
        minimum = excluded.minimum, lower_quartile = excluded.lower_quartile, median = excluded.median,
        upper_quartile = excluded.upper_quartile, maximum = excluded.maximum, computed_at = excluded.computed_at
    RETURNING 1
)
SELECT (SELECT count(*) FROM written), (SELECT count(*) FROM deleted)
"""

# Of the rows without their ids and times; the order of rows does not matter.
DIGEST = """
SELECT encode(sha256(convert_to(coalesce(string_agg(
    concat_ws(';', version_id, scope, scope_key, coalesce(numerator::text, '-'), coalesce(denominator::text, '-'),
        coalesce(value::text, '-'), absence_reason, reported, expected, coalesce(minimum::text, '-'),
        coalesce(lower_quartile::text, '-'), coalesce(median::text, '-'), coalesce(upper_quartile::text, '-'),
        coalesce(maximum::text, '-')),
    E'\\n' ORDER BY version_id, scope COLLATE "C", scope_key COLLATE "C"), ''), 'UTF8')), 'hex')
FROM indicators_aggregate
WHERE period_id = %(period)s
"""

# Of everything but the values that figures depend on: register, groups, packs, indicators, versions, terms.
GROUND = """
SELECT encode(sha256(convert_to(concat_ws(E'\\n',
    (SELECT string_agg(concat_ws(';', id, kind, locality, programmes, coalesce(opened_on::text, '-'),
        coalesce(closed_on::text, '-')), ' ' ORDER BY id) FROM organizations_organization),
    (SELECT string_agg(concat_ws(';', g.id, m.organization_id), ' ' ORDER BY g.id, m.organization_id)
        FROM organizations_group g LEFT JOIN organizations_group_organizations m ON m.group_id = g.id),
    (SELECT string_agg(concat_ws(';', code, period_kind, kinds, programmes), ' ' ORDER BY code) FROM indicators_pack),
    (SELECT string_agg(concat_ws(';', v.id, v.indicator_id, v.number, coalesce(v.valid_from::text, '-'),
            coalesce(v.valid_to::text, '-'), v.aggregation, v.is_derived, v.scale, v.formula, i.code, i.pack,
            i.is_group, i.is_active, coalesce(i.switched_off_on::text, '-')), ' ' ORDER BY v.id)
        FROM indicators_indicatorversion v JOIN indicators_indicator i ON i.id = v.indicator_id),
    (SELECT string_agg(concat_ws(';', version_id, part, input_id, coefficient), ' '
        ORDER BY version_id, part, input_id, coefficient) FROM indicators_term)
), 'UTF8')), 'hex')
"""
