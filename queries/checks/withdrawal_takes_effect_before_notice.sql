-- rule: a withdrawal cannot take effect before it was notified
SELECT 'treaty_actions.csv', effective._line, 'date', effective.date,
    'the withdrawal takes effect before it was notified (' || notified.date || ')'
FROM treaty_actions AS effective
JOIN treaty_actions AS notified USING (iso3, instrument)
WHERE effective.action = 'withdrawal_effective' AND notified.action = 'withdrawal_notified'
  AND last_day_of(effective.date) < first_day_of(notified.date);
