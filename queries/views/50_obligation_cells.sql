-- Every finding with its rank in the cell (State, indicator): rank 1 gives the cell.
-- The newest dated row first, undated rows last; then primary before secondary, then the
-- more cautious coding. A plan past its last year is expired whatever its coding.
CREATE VIEW obligation_cells AS
SELECT
    findings.*,
    CASE WHEN valid_to < year(data_as_of()) THEN 'expired' ELSE status END AS shown_status,
    row_number() OVER (
        PARTITION BY iso3, indicator
        ORDER BY
            as_of DESC NULLS LAST,
            grade,
            list_position(['not_met', 'partly', 'met'], status),
            source_id
    ) AS rank
FROM obligation_findings AS findings;
