-- question: Which findings on Article 5 should a person see in the document first?
-- pages: freshness
-- column iso3: State
-- column indicator: Indicator
-- column year: Year of the evidence; empty where undated
-- column status: The project's own coding; expired for a plan past its last year
-- column to_confirm: What is open
-- column in_cell: Whether the finding gives the cell
-- column row_key: The key of its row in obligation_findings.csv, parts joined by “|”
-- column source_id: Source
SELECT
    iso3, indicator, as_of AS year, shown_status AS status, to_confirm, rank = 1 AS in_cell,
    concat_ws('|', iso3, indicator, as_of, source_id) AS row_key, source_id
FROM obligation_cells
WHERE to_confirm IS NOT NULL
ORDER BY NOT in_cell, iso3, indicator, as_of;
