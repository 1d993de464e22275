-- question: What does the newest evidence say on victim assistance of a State under the Anti-Personnel Mine Ban Convention?
-- pages: states
-- param iso3 states.iso3 = IRQ: State
-- column iso3: State
-- column topic: responsibility (for a significant number of survivors) or the topic of the finding
-- column status: Status as worded by the source
-- column detail: What was read
-- column as_of: Date of the evidence
-- column older: Older rows of evidence on the same topic
-- column edition: Edition or meeting
-- column source_id: Source
-- column locator: Place in the source
-- column grade: primary or secondary
WITH rows AS (
    SELECT iso3, 'responsibility' AS topic, NULL AS status, basis AS detail, as_of, edition, source_id, locator, grade
    FROM apmbc_survivor_states
    WHERE iso3 = $iso3
    UNION ALL
    SELECT iso3, topic, status, detail, as_of, edition, source_id, locator, grade
    FROM apmbc_findings
    WHERE iso3 = $iso3
)
SELECT
    iso3, topic, status, detail, as_of, count(*) OVER (PARTITION BY topic) - 1 AS older, edition, source_id, locator, grade
FROM rows
QUALIFY row_number() OVER (
    PARTITION BY topic ORDER BY last_day_of(as_of) DESC, length(as_of) DESC, grade, source_id, detail
) = 1
ORDER BY topic <> 'responsibility', topic;
