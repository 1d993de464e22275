-- question: What does the evidence that counts say on each Article 5 indicator in each State?
-- pages: states
-- param iso3 states.iso3 = none: One State only
-- param action actions.action = none: One Lausanne action only
-- column iso3: State
-- column action: Lausanne action (numbering to be confirmed)
-- column indicator: Indicator
-- column status: met, partly, not_met, or expired for a plan past its last year; no row means no information
-- column as_of: Year of the evidence; empty where undated
-- column finding: What was read
-- column source_id: Source
-- column locator: Place in the source
-- column grade: primary or secondary
-- column evidence_kind: direct (speaks of victims or of victim assistance) or general (a measure that does not name them)
SELECT iso3, action, indicator, shown_status AS status, as_of, finding, source_id, locator, grade, evidence_kind
FROM obligation_cells
WHERE rank = 1
  AND ($iso3 IS NULL OR iso3 = $iso3)
  AND ($action IS NULL OR action = $action)
ORDER BY iso3, action, indicator;
