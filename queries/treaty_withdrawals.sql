-- question: Which States notified their withdrawal from an instrument, and from when does it count?
-- pages: comparisons
-- param as_of date = depositary: Withdrawals that took effect by this day
-- column iso3: State
-- column instrument: Instrument
-- column notified: Date of notification as known
-- column effective: Date on which the withdrawal took effect
-- column source_id: Source of the date on which it took effect
SELECT ends.iso3, ends.instrument, max(notices.date) AS notified, ends.date AS effective, ends.source_id
FROM treaty_acts AS ends
JOIN instruments ON instruments.instrument = ends.instrument
LEFT JOIN treaty_acts AS notices
    ON notices.iso3 = ends.iso3
    AND notices.instrument = ends.instrument
    AND notices.action = 'withdrawal_notified'
    AND notices.counts_from <= ends.counts_from
WHERE ends.effect = 'leaves' AND ends.counts_from <= $as_of
GROUP BY ends.iso3, ends.instrument, ends.date, ends.source_id, instruments.position
ORDER BY instruments.position, ends.date, ends.iso3;
