-- question: Which acts known to the data count only after a date?
-- pages: comparisons, integrated-approach
-- param as_of date = depositary: Acts that count from a later day than this
-- column iso3: State
-- column instrument: Instrument
-- column action: Act
-- column date: Date of the act as known
-- column counts_from: Day from which it counts (for one known to the year or month: the last day of it)
-- column effect: joins, leaves, signs; empty for an act that changes no standing
-- column source_id: Source
-- column grade: primary or secondary
-- column note: Remark on the act
SELECT acts.iso3, acts.instrument, acts.action, acts.date, acts.counts_from, acts.effect, acts.source_id, acts.grade, acts.note
FROM treaty_acts AS acts
JOIN instruments USING (instrument)
WHERE acts.counts_from > $as_of
ORDER BY acts.counts_from, instruments.position, acts.iso3;
