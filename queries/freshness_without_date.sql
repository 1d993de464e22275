-- question: For which instruments was no date of a report found in the documents read?
-- pages: freshness
-- column instrument: Instrument
SELECT instrument
FROM instruments
WHERE instrument NOT IN (SELECT instrument FROM dates_on(data_as_of()) WHERE kind IN ('report', 'initial_report'))
ORDER BY position;
