-- question: Which other acts and events under the instruments, and which disputed dates, concern a State?
-- pages: states
-- param iso3 states.iso3 = UKR: State
-- column iso3: State asked for
-- column kind: event, answer (of another State to it) or date (sources print different dates)
-- column instrument: Instrument
-- column event: Event, or the act whose date differs
-- column actor: State that acted
-- column date: Date as known; for a difference the date that is not used
-- column used: For a difference: the date used for the standing
-- column source_id: Source; for a difference the one that is not used
-- column grade: primary or secondary
-- column note: Remark
SELECT $iso3 AS iso3, kind, instrument, event, actor, date, used, source_id, grade, note
FROM (
    SELECT if(iso3 = $iso3, 'event', 'answer') AS kind, instrument, event, iso3 AS actor, date, NULL AS used, source_id, grade, note
    FROM treaty_events
    WHERE iso3 = $iso3 OR (iso3 IS NOT NULL AND event LIKE concat('%\_by\_', $iso3) ESCAPE '\')
    UNION ALL
    SELECT 'date', conflicts.instrument, conflicts.action, conflicts.iso3, conflicts.date, acts.date, conflicts.source_id, conflicts.grade, conflicts.note
    FROM treaty_conflicts AS conflicts
    LEFT JOIN treaty_actions AS acts
        ON acts.iso3 = conflicts.iso3 AND acts.instrument = conflicts.instrument AND acts.action = conflicts.action
    WHERE conflicts.iso3 = $iso3
)
ORDER BY kind = 'date', date, instrument, event;
