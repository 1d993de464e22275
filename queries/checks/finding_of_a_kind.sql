-- rule: every finding is of a kind, and every indicator says whether a general measure counts
-- earlier releases know neither
SELECT 'obligation_findings.csv', _line, 'evidence_kind', NULL, 'a value is required here: direct or general'
FROM obligation_findings
WHERE evidence_kind IS NULL AND EXISTS (FROM obligation_findings WHERE evidence_kind IS NOT NULL)
UNION ALL
SELECT 'indicators.csv', _line, 'general_counts', NULL, 'a value is required here: yes or no'
FROM indicators
WHERE general_counts IS NULL AND EXISTS (FROM indicators WHERE general_counts IS NOT NULL);
