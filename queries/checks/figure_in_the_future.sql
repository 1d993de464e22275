-- rule: a figure, an act or a finding cannot be dated in the future, and the data cannot speak for a day to come
SELECT 'datapackage.json' AS file, 0 AS line, 'as_of' AS field, data_as_of() AS value, 'the day for which the data speak has not come yet' AS told WHERE data_as_of() > latest_day()
UNION ALL
SELECT 'datapackage.json', 0, 'depositary_read', treaties_as_of(), 'the day on which the depositary was read has not come yet' WHERE treaties_as_of() > latest_day()
UNION ALL
SELECT 'casualties.csv', _line, 'year', year, 'the year has not come yet' FROM casualties WHERE year > year(latest_day())
UNION ALL
SELECT 'new_victims.csv', _line, 'year', year, 'the year has not come yet' FROM new_victims WHERE year > year(latest_day())
UNION ALL
SELECT 'incidents.csv', _line, 'year', year, 'the year has not come yet' FROM incidents WHERE year > year(latest_day())
UNION ALL
SELECT 'casualty_names.csv', _line, 'year', year, 'the year has not come yet' FROM casualty_names WHERE year > year(latest_day())
UNION ALL
SELECT 'casualty_totals.csv', _line, 'period_end', period_end, 'the period ends in the future' FROM casualty_totals WHERE first_day_of(period_end) > latest_day()
UNION ALL
SELECT 'casualty_periods.csv', _line, 'period_end', period_end, 'the period ends in the future' FROM casualty_periods WHERE first_day_of(period_end) > latest_day()
UNION ALL
SELECT 'obligation_findings.csv', _line, 'as_of', as_of, 'the year of the evidence has not come yet' FROM obligation_findings WHERE as_of > year(latest_day())
UNION ALL
SELECT 'treaty_actions.csv', _line, 'date', date, 'the act is dated in the future (the latest day on Earth is ' || latest_day() || ')' FROM treaty_actions WHERE first_day_of(date) > latest_day()
UNION ALL
SELECT 'editions.csv', _line, 'year', year, 'the edition is dated in the future' FROM editions WHERE year > year(latest_day())
UNION ALL
SELECT 'casualties.csv', casualties._line, 'year', casualties.year, 'the year is later than its edition (' || editions.edition || ')'
FROM casualties JOIN editions USING (edition) WHERE casualties.year > editions.year;
