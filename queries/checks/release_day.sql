-- rule: a release is named after its day, and the day is in the calendar
SELECT 'releases.csv', _line, 'date', date, 'is not a date of the calendar'
FROM releases
WHERE TRY_CAST(date AS DATE) IS NULL
UNION ALL
SELECT 'releases.csv', _line, 'release', release, 'does not begin with the day of the release (' || date || ')'
FROM releases
WHERE NOT starts_with(release, date);
