-- Every finding with its rank in the cell (State, indicator): rank 1 gives the cell.
-- Dated rows first: an undated one never outranks a dated one. Then a finding that speaks of
-- victims before a general measure, whatever their years, unless a general measure is what the
-- indicator asks for (indicators.general_counts). Then the newest; primary before secondary;
-- the more cautious coding. A plan past its last year is expired whatever its coding.
-- kind_rank: the same order within the findings of one kind.
CREATE VIEW obligation_cells AS
WITH weighed AS (
    SELECT
        findings.*,
        indicators.general_counts,
        CASE WHEN valid_to < year(data_as_of()) THEN 'expired' ELSE status END AS shown_status,
        list_position(['not_met', 'partly', 'met'], status) AS caution
    FROM obligation_findings AS findings
    JOIN indicators USING (indicator)
)
SELECT
    weighed.* EXCLUDE (general_counts, caution),
    row_number() OVER (
        PARTITION BY iso3, indicator
        ORDER BY
            as_of IS NULL,
            -- earlier releases know no kinds
            coalesce(general_counts = 'no' AND evidence_kind = 'general', false),
            as_of DESC, grade, caution, source_id
    ) AS rank,
    row_number() OVER (
        PARTITION BY iso3, indicator, evidence_kind
        ORDER BY as_of IS NULL, as_of DESC, grade, caution, source_id
    ) AS kind_rank
FROM weighed;
