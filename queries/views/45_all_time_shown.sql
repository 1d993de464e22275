-- One row a State: the all-time figure shown, and the newest estimate beside it.
--
-- A figure for all causes and all years comes before one for a single cause or a period,
-- and both before a figure of another publisher than the Monitor. Then the newest edition,
-- the longest period, primary before secondary, recorded before "at least".
-- A cut by outcome, sex, age, status or cause (killed, women, children, "civilian", after a
-- comma) is a part of another row and never shown alone.
CREATE VIEW all_time_shown AS
WITH kinds AS (
    SELECT
        totals.*,
        editions.year AS edition_year,
        preference,
        CASE
            WHEN regexp_matches(measure, '\b(killed|injured|children|women)\b') THEN NULL
            WHEN editions.series = 'other' THEN 'other'
            WHEN measure LIKE '%,%' OR measure LIKE '%civilian%' THEN NULL
            WHEN regexp_full_match(measure, 'all-time (submunition )?casualties') THEN 'total'
            ELSE 'part'
        END AS mark
    FROM casualty_totals AS totals
    JOIN editions USING (edition)
    JOIN preferred_sources USING (source_id)
),
recorded AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY iso3
            ORDER BY
                list_position(['total', 'part', 'other'], mark),
                edition_year DESC NULLS LAST, period_end DESC, grade, count_type = 'minimum', count DESC, preference
        ) AS rank
    FROM kinds
    WHERE mark IS NOT NULL AND count_type <> 'estimate'
),
others AS (
    SELECT iso3, string_agg(printed, ' | ' ORDER BY printed) AS other_values
    FROM (
        SELECT DISTINCT
            iso3,
            concat(
                CASE count_type WHEN 'minimum' THEN '≥ ' ELSE '' END,
                count, ' (', measure, ', to ', period_end, '; ', edition, '; ', source_id, ')'
            ) AS printed
        FROM recorded
        WHERE rank > 1
    )
    GROUP BY iso3
),
estimated AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY iso3 ORDER BY edition_year DESC NULLS LAST, period_end DESC, grade, count_high IS NULL, count DESC, preference
        ) AS rank
    FROM kinds
    WHERE mark = 'total' AND count_type = 'estimate'
)
SELECT
    recorded.iso3, recorded.mark, recorded.measure, recorded.period_start, recorded.period_end,
    recorded.count, recorded.count_type, recorded.edition, recorded.source_id, others.other_values,
    estimated.count AS estimate,
    estimated.count_high AS estimate_high,
    estimated.period_end AS estimate_end,
    estimated.edition AS estimate_edition,
    estimated.source_id AS estimate_source_id
FROM recorded
LEFT JOIN others USING (iso3)
LEFT JOIN estimated ON estimated.iso3 = recorded.iso3 AND estimated.rank = 1
WHERE recorded.rank = 1;
