-- rule: a review of a language has a reviewer and a day of the calendar
SELECT 'languages.csv', _line, 'reviewed_on', reviewed_on, 'reviewer and day stand together, and the day is one of the calendar'
FROM languages
WHERE (reviewed_by IS NULL) <> (reviewed_on IS NULL) OR (reviewed_on IS NOT NULL AND try_cast(reviewed_on AS DATE) IS NULL);
