-- rule: a State is contacted before it answers, and both days have been
WITH days AS (
    SELECT _line, 'contacted' AS name, contacted AS value FROM outreach
    UNION ALL SELECT _line, 'answered', answered FROM outreach
)
SELECT 'outreach.csv', _line, 'iso3', iso3, 'is not among the States that the work plan asks (list work_plan_2024)'
FROM outreach
ANTI JOIN (SELECT iso3 FROM state_groups WHERE state_group = 'twelve') AS asked USING (iso3)
UNION ALL
SELECT 'outreach.csv', _line, 'answered', answered, 'the answer is before the contact (' || contacted || ')'
FROM outreach
WHERE last_day_of(answered) < first_day_of(contacted)
UNION ALL
SELECT 'outreach.csv', _line, 'answered', answered, 'an answer needs the day of the contact (contacted)'
FROM outreach
WHERE answered IS NOT NULL AND contacted IS NULL
UNION ALL
SELECT 'outreach.csv', _line, name, value, 'is not a date of the calendar'
FROM days
WHERE length(value) = 10 AND TRY_CAST(value AS DATE) IS NULL
UNION ALL
SELECT 'outreach.csv', _line, name, value, 'the day has not come yet'
FROM days
WHERE first_day_of(value) > latest_day();
