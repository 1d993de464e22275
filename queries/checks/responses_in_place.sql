-- rule: an answer comes from a State that was asked, after the work plan, on a day that has been
WITH plan AS (SELECT published FROM sources WHERE id = 'work-plan-2024-2025')
SELECT 'responses.csv', _line, 'iso3', iso3, 'is not among the States that the work plan asks (list work_plan_2024)'
FROM responses
ANTI JOIN (SELECT iso3 FROM state_groups WHERE state_group = 'twelve') AS asked USING (iso3)
UNION ALL
SELECT 'responses.csv', _line, 'received', received, 'is not a date of the calendar'
FROM responses
WHERE length(received) = 10 AND TRY_CAST(received AS DATE) IS NULL
UNION ALL
SELECT 'responses.csv', _line, 'received', received, 'is before the work plan that asks (' || published || ')'
FROM responses, plan
WHERE last_day_of(received) < first_day_of(published)
UNION ALL
SELECT 'responses.csv', _line, 'received', received, 'the answer is dated in the future'
FROM responses
WHERE first_day_of(received) > latest_day();
