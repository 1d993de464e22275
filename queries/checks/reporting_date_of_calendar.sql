-- rule: a reporting date is a day of the calendar
SELECT 'reporting_dates.csv', _line, 'rule', rule, 'is not a day of the calendar'
FROM reporting_dates
-- 2024 has a 29 February
WHERE length(rule) <> 4 AND length(rule) <> 7
  AND TRY_CAST(if(length(rule) = 5, '2024-' || rule, rule) AS DATE) IS NULL;
