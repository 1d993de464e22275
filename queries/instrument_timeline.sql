-- question: When were the instruments and plans adopted, when did they enter into force, and when did meetings take place?
-- pages: integrated-approach
-- column instrument: Instrument
-- column event: adopted, opened, entry_into_force, plan (years of a plan), meeting, or planned (a meeting that no source read reports as held)
-- column name: Code of the plan, or name of the meeting
-- column start: Day, or day of adoption of a plan, as known; empty where no date was found
-- column end: Last day of a meeting
-- column first_year: First year of a plan
-- column last_year: Last year of a plan; empty where none is recorded
-- column what: What a meeting did or was to do
-- column place: Place of a meeting
-- column source_id: Source
-- column grade: primary or secondary
-- column note: Remark
SELECT events.instrument, event, name, start, "end", first_year, last_year, what, place, events.source_id, events.grade, events.note
FROM (
    SELECT instrument, 'adopted' AS event, NULL AS name, adopted AS start, NULL AS "end", NULL AS first_year, NULL AS last_year, NULL AS what, NULL AS place, source_id, grade, note
    FROM instruments WHERE adopted IS NOT NULL
    UNION ALL
    SELECT instrument, 'opened', NULL, opened, NULL, NULL, NULL, NULL, NULL, source_id, grade, note
    FROM instruments WHERE opened IS NOT NULL
    UNION ALL
    SELECT instrument, 'entry_into_force', NULL, entry_into_force, NULL, NULL, NULL, NULL, NULL, source_id, grade, note
    FROM instruments WHERE entry_into_force IS NOT NULL
    UNION ALL
    SELECT instrument, 'plan', plan, adopted, NULL, first_year, last_year, NULL, NULL, source_id, grade, note
    FROM plans WHERE source_id IS NOT NULL
    UNION ALL
    SELECT instrument, CASE WHEN note LIKE 'PLANNED%' THEN 'planned' ELSE 'meeting' END, meeting, start, "end", NULL, NULL, what, place, source_id, grade, note
    FROM meetings
) AS events
JOIN instruments USING (instrument)
ORDER BY last_day_of(start) NULLS LAST, instruments.position, event, name;
