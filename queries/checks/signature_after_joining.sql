-- rule: a State joins once: one act of joining, and no signature after it
SELECT 'treaty_actions.csv', later._line, 'action', later.action,
    'the State already joined by ' || earlier.action || ' of ' || earlier.date
FROM treaty_acts AS later
JOIN treaty_acts AS earlier
    ON earlier.iso3 = later.iso3 AND earlier.instrument = later.instrument AND earlier.effect = 'joins'
WHERE earlier._line <> later._line
  AND (later.effect = 'joins' AND later._line > earlier._line
       OR later.effect = 'signs' AND first_day_of(later.date) > last_day_of(earlier.date));
