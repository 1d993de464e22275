-- question: What is known of what follows the work plan: the 13MSP, the Third Review Conference, the coordinators?
-- pages: work-plan
-- column topic: 13msp, 3rc or va_coordinators
-- column fact: What the fact is about
-- column value: The fact as read
-- column date: Date as known
-- column planned: Whether it was read as a plan or an expectation, not as something that happened
-- column source_id: Source
-- column publisher: Who published it
-- column grade: primary or secondary
-- column note: Remark
WITH known AS (
    SELECT topic, fact, value, date, source_id, grade, note
    FROM recent_findings
    WHERE topic IN ('13msp', '3rc', 'va_coordinators')
    UNION ALL
    -- who coordinates in the years of the work plan, and that the second name was not found
    SELECT 'va_coordinators', role_in_seed, name || ': ' || who_today, NULL, source_id, grade, note
    FROM stakeholders
    WHERE id IN ('PAN', 'COCO2')
)
SELECT
    known.topic, known.fact, known.value, known.date,
    coalesce(regexp_matches(known.note, '^(plan\b|expectation)', 'i'), false) AS planned,
    known.source_id, sources.publisher, known.grade, known.note
FROM known
JOIN sources ON sources.id = known.source_id
ORDER BY
    known.topic,
    planned DESC,
    last_day_of(regexp_extract(known.date, '^\d{4}(-\d{2}){0,2}\b')) DESC NULLS FIRST,
    known.fact;
