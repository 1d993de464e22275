-- question: What is known of one State at a glance?
-- pages: affected-states
-- param iso3 states.iso3 = LAO: State
-- column topic: standing (Convention on Cluster Munitions), list, casualties (newest figure of a cause), named (newest year in which an edition names the State), all_time
-- column code: Standing, list, cause, or what the all-time figure covers (total, part, other)
-- column action: Act that gives the standing
-- column count: Persons
-- column count_type: recorded, minimum (“at least”) or estimate
-- column date: Date of the act, year of the casualties, end of the period, date of the list as stated
-- column measure: What an all-time figure counts, as published
-- column edition: Edition
-- column edition_title: Title of the edition
-- column other_values: What other editions or sources print
-- column source_id: Source
WITH newest AS (
    -- attacks or remnants alone are of use only where they are newer than a figure for both
    SELECT
        *,
        row_number() OVER (PARTITION BY cause ORDER BY year DESC) AS rank,
        max(year) FILTER (cause = 'all') OVER () AS newest_total
    FROM casualty_shown
    WHERE iso3 = $iso3 AND weapon = 'cluster_munition' AND publisher_kind = 'monitor'
),
names AS (
    SELECT CAST(year AS VARCHAR) AS date, max(edition) AS edition, arg_min(source_id, row(grade, preference)) AS source_id
    FROM casualty_names
    JOIN preferred_sources USING (source_id)
    WHERE iso3 = $iso3
    GROUP BY year
    ORDER BY year DESC
    LIMIT 1
)
SELECT
    topic, code, action, count, count_type, date, measure,
    facts.edition, editions.title AS edition_title, other_values, source_id
FROM (
    SELECT
        1 AS place, 'standing' AS topic, status AS code, action, CAST(NULL AS BIGINT) AS count, NULL AS count_type,
        since AS date, NULL AS measure, NULL AS edition, NULL AS other_values, source_id
    FROM standing_on(treaties_as_of())
    WHERE iso3 = $iso3 AND instrument = 'CCM'
    UNION ALL
    SELECT 2, 'list', list, NULL, NULL, NULL, listed, NULL, NULL, NULL, source_id
    FROM obligation_lists
    WHERE iso3 = $iso3
    UNION ALL
    SELECT 3, 'casualties', cause, NULL, count, count_type, CAST(year AS VARCHAR), NULL, edition, other_values, source_id
    FROM newest
    WHERE rank = 1 AND (cause = 'all' OR newest_total IS NULL OR year > newest_total)
    UNION ALL
    SELECT 4, 'named', NULL, NULL, NULL, NULL, date, NULL, edition, NULL, source_id
    FROM names
    UNION ALL
    SELECT 5, 'all_time', mark, NULL, count, count_type, period_end, measure, edition, other_values, source_id
    FROM all_time_shown
    WHERE iso3 = $iso3
) AS facts
LEFT JOIN editions USING (edition)
ORDER BY
    place,
    -- the newest list first
    list_position(['work_plan_2024', 'isu_after_2021', 'isu_2020_21', 'update_2013'], code) NULLS LAST,
    code;
