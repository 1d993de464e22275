-- question: How many States were bound by each instrument at the end of each year?
-- pages: comparisons
-- param as_of date = depositary: Last day counted; the last year ends on it
-- column instrument: Instrument
-- column year: Year
-- column day: Day on which States are counted: 31 December, in the last year the last day counted
-- column joined: States that joined in that year
-- column left_it: States whose withdrawal took effect in that year
-- column state_parties: States bound on that day
WITH acts AS (
    SELECT
        instrument, counts_from, effect,
        lag(effect) OVER (PARTITION BY iso3, instrument ORDER BY counts_from, effect = 'leaves') AS before
    FROM treaty_acts
    WHERE effect IN ('joins', 'leaves') AND counts_from <= $as_of
),
changes AS (SELECT * FROM acts WHERE effect <> coalesce(before, 'leaves')),
years AS (
    SELECT instrument, unnest(range(min(year(counts_from)), year($as_of) + 1)) AS year
    FROM changes
    GROUP BY instrument
)
SELECT
    years.instrument,
    years.year,
    least(make_date(years.year, 12, 31), $as_of) AS day,
    count(*) FILTER (effect = 'joins' AND year(counts_from) = years.year) AS joined,
    count(*) FILTER (effect = 'leaves' AND year(counts_from) = years.year) AS left_it,
    count(*) FILTER (effect = 'joins') - count(*) FILTER (effect = 'leaves') AS state_parties
FROM years
JOIN changes ON changes.instrument = years.instrument AND year(counts_from) <= years.year
JOIN instruments ON instruments.instrument = years.instrument
GROUP BY years.instrument, years.year, instruments.position
ORDER BY instruments.position, years.year;
