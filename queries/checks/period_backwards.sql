-- rule: a period does not end before it starts
SELECT 'casualty_periods.csv', _line, 'period_end', period_end, 'the period ends before it starts (' || period_start || ')'
FROM casualty_periods WHERE last_day_of(period_end) < first_day_of(period_start)
UNION ALL
SELECT 'meetings.csv', _line, 'end', "end", 'the meeting ends before it starts (' || start || ')'
FROM meetings WHERE last_day_of("end") < first_day_of(start);
