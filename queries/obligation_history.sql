-- question: Which findings were made on an indicator in a State over time?
-- pages: obligations
-- param iso3 states.iso3 = none: One State only
-- param indicator indicators.indicator = none: One indicator only
-- column iso3: State
-- column action: Lausanne action (numbering to be confirmed)
-- column indicator: Indicator
-- column status: The project's own coding; expired for a plan past its last year
-- column as_of: Year of the evidence; empty where undated
-- column valid_to: Last year of a plan
-- column finding: What was read
-- column source_id: Source
-- column locator: Place in the source
-- column grade: primary or secondary
-- column note: Remark
-- column evidence_kind: direct (speaks of victims or of victim assistance) or general (a measure that does not name them)
-- column to_confirm: What a person should see in the document first; empty where nothing is open
-- column in_cell: Whether this finding gives the cell
SELECT
    iso3, action, indicator, shown_status AS status, as_of, valid_to, finding,
    source_id, locator, grade, note, evidence_kind, to_confirm, rank = 1 AS in_cell
FROM obligation_cells
WHERE ($iso3 IS NULL OR iso3 = $iso3) AND ($indicator IS NULL OR indicator = $indicator)
ORDER BY iso3, action, indicator, rank;
