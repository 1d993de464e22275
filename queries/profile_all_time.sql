-- question: How many cluster munition casualties are known for a State over all years, and what is estimated beside that?
-- pages: states
-- param iso3 states.iso3 = LAO: State
-- column iso3: State
-- column part: recorded or estimate; an estimate stands apart from what is recorded
-- column mark: total (all causes and years), part (one cause or a period), other (not a Monitor figure)
-- column measure: What is counted, as published
-- column period_start: Start of the period as published; empty where not stated
-- column period_end: End of the period
-- column count: Persons
-- column count_high: Upper end of a range
-- column count_type: recorded, minimum (“at least”) or estimate
-- column edition: Edition
-- column edition_title: Title of the edition
-- column other_values: What other editions or sources print, for this or for a part of it
-- column source_id: Source
SELECT iso3, part, mark, measure, period_start, period_end, count, count_high, count_type, edition, editions.title AS edition_title, other_values, source_id
FROM (
    SELECT
        iso3, 'recorded' AS part, mark, measure, period_start, period_end, count, CAST(NULL AS BIGINT) AS count_high,
        count_type, edition, other_values, source_id
    FROM all_time_shown
    UNION ALL
    SELECT
        iso3, 'estimate', 'total', NULL, NULL, estimate_end, estimate, estimate_high, 'estimate', estimate_edition, NULL,
        estimate_source_id
    FROM all_time_shown
    WHERE estimate IS NOT NULL
)
LEFT JOIN editions USING (edition)
WHERE iso3 = $iso3
ORDER BY part = 'estimate';
