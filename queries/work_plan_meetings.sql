-- question: Which meetings fall into the quarters of the work plan, and which follow it?
-- pages: work-plan
-- column instrument: Instrument
-- column meeting: Name
-- column start: First day as known
-- column end: Last day as known
-- column place: Place
-- column quarter: Quarter, YYYYQn
-- column beyond: Whether it lies after the last quarter of the work plan
-- column planned: Whether it is known as a plan only: no source read reports that it was held
-- column item: Code of the work plan's item that stands for the meeting
-- column what: What it did or was to do
-- column source_id: Source
-- column grade: primary or secondary
-- column note: Remark
WITH dated AS (
    SELECT *, first_day_of(start) AS day, year(day) || 'Q' || quarter(day) AS quarter
    FROM meetings
    WHERE start IS NOT NULL
)
SELECT
    dated.instrument, dated.meeting, dated.start, dated."end", dated.place, dated.quarter,
    dated.quarter > (SELECT max(quarter_end) FROM work_plan) AS beyond,
    coalesce(dated.note LIKE 'PLANNED%', false) AS planned,
    items.id AS item,
    dated.what, dated.source_id, dated.grade, dated.note
FROM dated
LEFT JOIN work_plan AS items ON starts_with(items.id, 'M') AND contains(items.label, dated.meeting)
WHERE dated.quarter >= (SELECT min(quarter_start) FROM work_plan)
ORDER BY dated.day, dated.instrument, dated.meeting;
