-- question: Which organizations that are not States are bound by an instrument on a date?
-- pages: comparisons
-- param as_of date = depositary: Day for which the standing is given; a party counts from its deposit
-- column iso3: Organization, never counted among States
-- column instrument: Instrument
-- column action: Act by which it is bound
-- column since: Date of that act as known
-- column source_id: Source of that act
WITH latest AS (
    SELECT acts.*
    FROM treaty_actions AS acts
    JOIN areas ON areas.iso3 = acts.iso3 AND areas.kind = 'organization'
    WHERE acts.action NOT IN ('signature', 'entry_into_force_for_state', 'withdrawal_notified')
      AND last_day_of(acts.date) <= $as_of
    QUALIFY row_number() OVER (
        PARTITION BY acts.iso3, acts.instrument ORDER BY last_day_of(acts.date) DESC
    ) = 1
)
SELECT iso3, instrument, action, date AS since, source_id
FROM latest
WHERE action <> 'withdrawal_effective'
ORDER BY iso3, instrument;
