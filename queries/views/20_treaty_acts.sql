-- Acts of States with the day from which they count and what they do.
-- The European Union is a party to the CRPD but not a State: it is left out here.
CREATE VIEW treaty_acts AS
SELECT
    treaty_actions.*,
    last_day_of(date) AS counts_from,
    CASE
        WHEN action = 'signature' THEN 'signs'
        WHEN action = 'withdrawal_effective' THEN 'leaves'
        WHEN action IN (
            'ratification', 'accession', 'acceptance', 'approval',
            'succession', 'formal_confirmation', 'consent_to_be_bound'
        ) THEN 'joins'
    END AS effect
FROM treaty_actions
WHERE iso3 IN (SELECT iso3 FROM states);

-- Standing of every State under every instrument on a day.
-- Leaving after joining outranks joining; signing counts only while nothing else has happened.
CREATE MACRO standing_on(day) AS TABLE
WITH latest AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY iso3, instrument
            ORDER BY effect = 'signs', counts_from DESC, effect = 'joins'
        ) AS rank
    FROM treaty_acts
    WHERE effect IS NOT NULL AND counts_from <= day
)
SELECT
    states.iso3,
    instruments.instrument,
    instruments.position,
    CASE latest.effect
        WHEN 'joins' THEN 'state_party'
        WHEN 'leaves' THEN 'withdrawn'
        WHEN 'signs' THEN 'signatory'
        ELSE 'not_party'
    END AS status,
    latest.action,
    latest.date AS since,
    latest.source_id
FROM states
CROSS JOIN instruments
LEFT JOIN latest
    ON latest.iso3 = states.iso3 AND latest.instrument = instruments.instrument AND latest.rank = 1;
