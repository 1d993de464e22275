-- rule: every code of a State or area is known
WITH places AS (SELECT iso3 FROM states UNION SELECT iso3 FROM areas),
used AS (
    SELECT 'treaty_actions.csv' AS file, _line, iso3 FROM treaty_actions
    UNION ALL SELECT 'treaty_events.csv', _line, iso3 FROM treaty_events
    UNION ALL SELECT 'casualties.csv', _line, iso3 FROM casualties
    UNION ALL SELECT 'casualty_periods.csv', _line, iso3 FROM casualty_periods
    UNION ALL SELECT 'casualty_totals.csv', _line, iso3 FROM casualty_totals
    UNION ALL SELECT 'casualty_shares.csv', _line, iso3 FROM casualty_shares
    UNION ALL SELECT 'casualty_names.csv', _line, iso3 FROM casualty_names
    UNION ALL SELECT 'new_victims.csv', _line, iso3 FROM new_victims
    UNION ALL SELECT 'incidents.csv', _line, iso3 FROM incidents
    UNION ALL SELECT 'survivors.csv', _line, iso3 FROM survivors
    UNION ALL SELECT 'crpd_reports.csv', _line, iso3 FROM crpd_reports
    UNION ALL SELECT 'state_names.csv', _line, iso3 FROM state_names
)
SELECT file, _line, 'iso3', iso3,
    'is neither a State of states.csv nor an area of areas.csv; write the code of one that stands there'
FROM used
WHERE iso3 IS NOT NULL AND iso3 NOT IN (FROM places);
