-- question: How many casualties have been recorded over all years?
-- pages: none (only the command line)
-- param iso3 text = WLD: State, area or WLD
-- column iso3: State or area
-- column period_start: Start of the period as published; empty where not stated
-- column period_end: End of the period
-- column measure: What is counted, as published
-- column count: Persons
-- column count_high: Upper end of a range
-- column count_type: recorded, minimum (“at least”) or estimate
-- column edition: Edition
-- column source_id: Source
SELECT iso3, period_start, period_end, measure, count, count_high, count_type, edition, source_id
FROM casualty_totals
JOIN editions USING (edition)
WHERE $iso3 = 'ALL' OR iso3 = $iso3
ORDER BY iso3, period_end DESC, editions.year DESC, measure, count_type, count, source_id;
