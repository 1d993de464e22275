-- question: Which act changed the number of States bound by an instrument, when, and to how many?
-- pages: comparisons
-- param as_of date = depositary: Last day counted; a party counts from its deposit
-- column instrument: Instrument
-- column day: Day from which the act counts (for one known to the year or month: the last day of it)
-- column iso3: State
-- column action: Act
-- column date: Date of the act as known
-- column change: 1 for a State that joins, -1 for one that leaves
-- column state_parties: States bound at the end of that day
-- column source_id: Source of the act
WITH acts AS (
    SELECT
        *,
        lag(effect) OVER (PARTITION BY iso3, instrument ORDER BY counts_from, effect = 'leaves') AS before
    FROM treaty_acts
    WHERE effect IN ('joins', 'leaves') AND counts_from <= $as_of
),
changes AS (
    -- a second act of joining (a succession after a ratification) changes no count
    SELECT *, CASE effect WHEN 'joins' THEN 1 ELSE -1 END AS change
    FROM acts
    WHERE effect <> coalesce(before, 'leaves')
)
SELECT
    changes.instrument,
    counts_from AS day,
    iso3,
    action,
    date,
    change,
    CAST(sum(change) OVER (
        PARTITION BY changes.instrument ORDER BY counts_from RANGE UNBOUNDED PRECEDING
    ) AS BIGINT) AS state_parties,
    changes.source_id
FROM changes
JOIN instruments USING (instrument)
ORDER BY instruments.position, counts_from, iso3;
