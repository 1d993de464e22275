-- question: For which acts do sources print different dates, and which date is used here?
-- pages: comparisons
-- column iso3: State
-- column instrument: Instrument
-- column action: Act
-- column used: Date used for the standing; empty where the act is not in the table of acts
-- column other: Date that the other source prints
-- column source_id: The other source
-- column grade: primary or secondary
-- column note: Remark, with the reason for the choice
SELECT
    conflicts.iso3,
    conflicts.instrument,
    conflicts.action,
    acts.date AS used,
    conflicts.date AS other,
    conflicts.source_id,
    conflicts.grade,
    conflicts.note
FROM treaty_conflicts AS conflicts
JOIN instruments USING (instrument)
LEFT JOIN treaty_actions AS acts
    ON acts.iso3 = conflicts.iso3 AND acts.instrument = conflicts.instrument AND acts.action = conflicts.action
ORDER BY conflicts.iso3, instruments.position, conflicts.date;
