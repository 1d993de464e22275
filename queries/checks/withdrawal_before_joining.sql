-- rule: a State cannot withdraw before it has joined
SELECT 'treaty_actions.csv', leaving._line, 'date', leaving.date,
    'the withdrawal is dated before the State joined (' || coalesce(joining.date, 'no act of joining') || ')'
FROM treaty_actions AS leaving
LEFT JOIN (SELECT * FROM treaty_acts WHERE effect = 'joins') AS joining USING (iso3, instrument)
WHERE leaving.action IN ('withdrawal_notified', 'withdrawal_effective')
  AND (joining.date IS NULL OR last_day_of(leaving.date) < first_day_of(joining.date));
