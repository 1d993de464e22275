-- rule: a date exists in the calendar
WITH used AS (
    SELECT 'treaty_actions.csv' AS file, _line, 'date' AS name, date AS value FROM treaty_actions
    UNION ALL SELECT 'treaty_events.csv', _line, 'date', date FROM treaty_events
    UNION ALL SELECT 'treaty_conflicts.csv', _line, 'date', date FROM treaty_conflicts
    UNION ALL SELECT 'sources.csv', _line, 'published', published FROM sources
    UNION ALL SELECT 'sources.csv', _line, 'accessed', accessed FROM sources
    UNION ALL SELECT 'instruments.csv', _line, 'opened', opened FROM instruments
    UNION ALL SELECT 'meetings.csv', _line, 'start', start FROM meetings
    UNION ALL SELECT 'meetings.csv', _line, 'end', "end" FROM meetings
)
SELECT file, _line, name, value, 'is not a date of the calendar'
FROM used
WHERE length(value) = 10 AND TRY_CAST(value AS DATE) IS NULL;
