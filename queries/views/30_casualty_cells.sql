-- One row a published value of a cell (State, year, weapon, cause, kind of publisher),
-- with its rank: rank 1 is the value shown.
--
-- Only whole years and persons not split by outcome, sex, age, status or activity.
-- Casualties "of cluster munition remnants" are the remnants of cluster munitions:
-- the same cell under another device name.
-- Rank: latest edition, then primary before secondary; within one edition and grade the
-- value that more sources print, recorded before "at least", the larger one.
CREATE VIEW casualty_cells AS
WITH figures AS (
    SELECT
        iso3,
        casualties.year,
        CASE weapon WHEN 'cluster_munition_remnant' THEN 'cluster_munition' ELSE weapon END AS weapon,
        CASE weapon WHEN 'cluster_munition_remnant' THEN 'remnant' ELSE cause END AS cause,
        publisher_kind,
        count,
        count_type,
        casualties.edition,
        source_id,
        locator,
        grade,
        -- of several documents that print a figure, the one nearest to its publisher is named
        row(grade, preference) AS nearness
    FROM casualties
    JOIN preferred_sources USING (source_id)
    WHERE scope = 'full_year'
      AND outcome = 'all' AND sex = 'all' AND age_group = 'all' AND status = 'all'
      AND activity IS NULL
),
values_printed AS (
    -- several sources that print the same figure of the same edition are one figure
    SELECT
        iso3, year, weapon, cause, publisher_kind, count, count_type, edition,
        min(grade) AS grade, -- 'primary' sorts before 'secondary'
        count(DISTINCT source_id) AS sources,
        arg_min(source_id, nearness) AS source_id,
        arg_min(coalesce(locator, ''), nearness) AS locator,
        list(DISTINCT source_id ORDER BY source_id) AS source_ids
    FROM figures
    GROUP BY ALL
)
SELECT
    values_printed.*,
    editions.year AS edition_year,
    row_number() OVER (
        PARTITION BY iso3, values_printed.year, weapon, cause, publisher_kind
        ORDER BY
            editions.year DESC NULLS LAST,
            values_printed.grade,
            editions.published DESC NULLS LAST,
            sources DESC,
            count_type = 'minimum',
            count DESC,
            edition
    ) AS rank
FROM values_printed
JOIN editions USING (edition);
