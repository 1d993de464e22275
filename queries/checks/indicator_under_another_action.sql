-- rule: a finding stands under the Lausanne action of its indicator
SELECT 'obligation_findings.csv', findings._line, 'action', findings.action,
    'the indicator ' || indicators.indicator || ' belongs to action ' || indicators.action
FROM obligation_findings AS findings
JOIN indicators USING (indicator)
WHERE findings.action <> indicators.action;
