-- question: How many survivors does a source count or estimate in a State?
-- pages: states
-- param iso3 states.iso3 = IRQ: State
-- column iso3: State
-- column as_of: Date of the count
-- column measure: What is counted
-- column part: recorded (counted, or “at least”) or estimate; the two stand apart
-- column count: Persons, or the lower end of a range
-- column count_high: Upper end of a range
-- column count_type: recorded, minimum (“at least”) or estimate
-- column edition: Edition
-- column source_id: Source
-- column locator: Place in the source
-- column grade: primary or secondary
-- column note: Remark
WITH rows AS (
    -- a range is published as two rows: its lower and its upper end
    SELECT *, regexp_replace(measure, '_(low|high)$', '') AS counted, measure LIKE '%\_high' ESCAPE '\' AS is_high
    FROM survivors
    WHERE iso3 = $iso3
)
SELECT
    low.iso3, low.as_of, low.counted AS measure, if(low.count_type = 'estimate', 'estimate', 'recorded') AS part,
    low.count, high.count AS count_high, low.count_type, low.edition, low.source_id, low.locator, low.grade, low.note
FROM rows AS low
LEFT JOIN rows AS high
    ON high.is_high
    AND (high.counted, high.as_of, high.edition, high.source_id) = (low.counted, low.as_of, low.edition, low.source_id)
WHERE NOT low.is_high
ORDER BY part = 'estimate', last_day_of(low.as_of) DESC NULLS LAST, low.measure, low.source_id;
