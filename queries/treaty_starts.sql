-- question: When did each instrument enter into force, and how many States were bound that day?
-- pages: comparisons
-- param as_of date = depositary: Instruments in force by this day
-- column instrument: Instrument
-- column day: Day of its entry into force; an instrument whose date was not found has no row
-- column state_parties: States bound on that day
-- column source_id: Source of the date
WITH starts AS (
    SELECT instrument, position, last_day_of(entry_into_force) AS day, source_id
    FROM instruments
    WHERE last_day_of(entry_into_force) <= $as_of
),
latest AS (
    SELECT starts.instrument, acts.effect
    FROM starts
    JOIN treaty_acts AS acts
        ON acts.instrument = starts.instrument
        AND acts.effect IN ('joins', 'leaves')
        AND acts.counts_from <= starts.day
    QUALIFY row_number() OVER (
        PARTITION BY starts.instrument, acts.iso3 ORDER BY acts.counts_from DESC, acts.effect = 'joins'
    ) = 1
)
SELECT starts.instrument, starts.day, count(*) FILTER (latest.effect = 'joins') AS state_parties, starts.source_id
FROM starts
LEFT JOIN latest USING (instrument)
GROUP BY ALL
ORDER BY any_value(starts.position);
