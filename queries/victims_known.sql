-- question: What is known of new victims in the four States of guiding question (g), year by year?
-- pages: new-victims, questions
-- column iso3: State
-- column year: Year: the five years before the one of the data's as-of date
-- column aspect: number (of cluster munition casualties), number_all (with all other ordnance), cause, sex, age, status (civilian, deminer, military) or activity
-- column known: cluster_munition; not_split (only together with other ordnance); named (no number); incident (single events only); not_named (not among the States an edition names); none (no information found)
WITH years AS (
    SELECT CAST(unnest(generate_series(year(data_as_of()) - 5, year(data_as_of()) - 1)) AS BIGINT) AS year
),
four AS (SELECT DISTINCT iso3 FROM victim_statements),
aspects(aspect, position) AS (
    VALUES ('number', 1), ('number_all', 2), ('cause', 3), ('sex', 4), ('age', 5), ('status', 6), ('activity', 7)
),
victims AS (
    SELECT *, CASE kind WHEN 'incident' THEN 'incident' ELSE series END AS known
    FROM victim_statements
    -- a warning about a group at risk is not a record of who was killed or injured
    WHERE kind <> 'statement'
),
seen AS (
    SELECT
        iso3, year, 'number' AS aspect,
        -- a number that went up says that there were casualties
        CASE kind WHEN 'trend' THEN 'named' WHEN 'figure' THEN 'cluster_munition' ELSE kind END AS known
    FROM victims
    WHERE series = 'cluster_munition'
      AND (kind <> 'figure' OR (sex = 'all' AND age_group = 'all' AND status = 'all' AND activity IS NULL))
    UNION ALL
    SELECT iso3, year, 'number_all', 'not_split'
    FROM victims
    WHERE series = 'not_split' AND kind = 'figure' AND regexp_matches(value, '\d')
      AND sex = 'all' AND age_group = 'all' AND status = 'all' AND activity IS NULL
    UNION ALL
    SELECT iso3, year, 'number', 'cluster_munition' FROM casualty_shown WHERE weapon = 'cluster_munition'
    UNION ALL
    SELECT iso3, year, 'number_all', 'not_split' FROM casualty_shown WHERE weapon = 'mine_erw'
    UNION ALL
    SELECT iso3, year, 'number', 'named' FROM casualty_names
    UNION ALL
    SELECT iso3, year, 'cause', known FROM victims WHERE series = 'cluster_munition' AND kind <> 'not_named'
    UNION ALL
    SELECT iso3, year, 'sex', known FROM victims WHERE sex <> 'all'
    UNION ALL
    SELECT iso3, year, 'age', known FROM victims WHERE age_group <> 'all'
    UNION ALL
    SELECT iso3, year, 'status', known FROM victims WHERE status <> 'all'
    UNION ALL
    SELECT iso3, year, 'activity', known FROM victims WHERE activity IS NOT NULL
),
best AS (
    SELECT
        iso3, year, aspect,
        arg_min(known, list_position(['cluster_munition', 'not_split', 'named', 'incident', 'not_named'], known)) AS known
    FROM seen
    GROUP BY ALL
)
SELECT four.iso3, years.year, aspects.aspect, coalesce(best.known, 'none') AS known
FROM four
CROSS JOIN years
CROSS JOIN aspects
LEFT JOIN best USING (iso3, year, aspect)
ORDER BY four.iso3, years.year, aspects.position;
