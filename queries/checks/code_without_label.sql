-- rule: every code shown on screen has a label
WITH used AS (
    SELECT 'indicators.csv' AS file, _line, 'indicator' AS list, indicator AS code FROM indicators
    UNION ALL SELECT 'questions.csv', _line, 'question', question FROM questions
    UNION ALL SELECT 'actions.csv', _line, 'action', CAST(action AS VARCHAR) FROM actions
    UNION ALL SELECT 'instruments.csv', _line, 'instrument', instrument FROM instruments
    UNION ALL SELECT 'instruments.csv', _line, 'instrument_short', instrument FROM instruments
    UNION ALL SELECT 'states.csv', _line, 'subregion', subregion FROM states
    UNION ALL SELECT 'va_crosswalk.csv', _line, 'pillar', pillar FROM va_crosswalk
    UNION ALL SELECT 'obligation_lists.csv', _line, 'obligation_list', list FROM obligation_lists
)
SELECT file, _line, list, code, 'has no label in labels.csv (list ' || list || ')'
FROM used
ANTI JOIN labels USING (list, code);
