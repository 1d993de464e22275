-- rule: no act can come before the instrument was opened for signature (or adopted, where it has no signature stage)
SELECT 'treaty_actions.csv', acts._line, 'date', acts.date,
    'the act is dated before the instrument was open (' || coalesce(instruments.opened, instruments.adopted) || ')'
FROM treaty_actions AS acts
JOIN instruments USING (instrument)
WHERE last_day_of(acts.date) < first_day_of(coalesce(instruments.opened, instruments.adopted));
