-- question: Which lists of States with cluster munition victims name a State, and which do not?
-- pages: states
-- param iso3 states.iso3 = LAO: State
-- column iso3: State asked for
-- column list: Code of the list
-- column listed: Date of the list as stated
-- column named: Whether the list names the State
-- column source_id: Source of the list
SELECT
    $iso3 AS iso3,
    list,
    any_value(listed) AS listed,
    count(*) FILTER (iso3 = $iso3) > 0 AS named,
    coalesce(min(source_id) FILTER (iso3 = $iso3), min(source_id)) AS source_id
FROM obligation_lists
-- a list whose names were not seen cannot tell
WHERE iso3 IS NOT NULL
GROUP BY list
ORDER BY list_position(['work_plan_2024', 'isu_after_2021', 'isu_2020_21', 'update_2013', 'monitor_2012', 'monitor_2012_signatories'], list) NULLS LAST, list;
