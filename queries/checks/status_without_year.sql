-- rule: a status needs the year of its evidence, or a note that says why there is none
SELECT 'obligation_findings.csv', _line, 'as_of', status,
    'a status needs a year (as_of) or a note that says why there is none'
FROM obligation_findings
WHERE as_of IS NULL AND note IS NULL;
