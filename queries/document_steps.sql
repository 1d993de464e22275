-- question: Which steps does the work plan foresee for the working document, and which version is recorded for each?
-- pages: work-plan
-- column step: draft, circulated, revised or presented
-- column item: Code of the work plan's item
-- column label: The item in the project's own words
-- column quarter: Quarter for which it is foreseen
-- column versions: Versions recorded with this status
-- column version: The latest of them; empty where none is recorded
-- column date: Its day as known
-- column source_id: Source of the item
WITH steps(step, item) AS (
    VALUES ('draft', 'A4'), ('circulated', 'A5'), ('revised', 'A8'), ('presented', 'A10')
),
latest AS (
    SELECT status, count(*) AS versions, max_by(version, last_day_of(date)) AS version, max_by(date, last_day_of(date)) AS date
    FROM drafts
    GROUP BY status
)
SELECT
    steps.step, steps.item, items.label, items.quarter_start AS quarter,
    coalesce(latest.versions, 0) AS versions, latest.version, latest.date, items.source_id
FROM steps
JOIN work_plan AS items ON items.id = steps.item
LEFT JOIN latest ON latest.status = steps.step
ORDER BY list_position(['draft', 'circulated', 'revised', 'presented'], steps.step);
