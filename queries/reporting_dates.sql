-- question: Which reports and meetings come next under each instrument, and which dates have passed since the date of the data?
-- pages: freshness
-- param as_of date = data: The day from which to look ahead
-- column instrument: Instrument
-- column kind: report, initial_report (of one State), plan (its last year) or meeting
-- column what: What is due, ends or is held; empty for an initial report
-- column iso3: State, where the date is that of one State
-- column article: Article, where known
-- column rule: yearly or once
-- column date: The next date on or after the day as known, or the one that has passed
-- column days: Days from the day to the last day it can be; negative where it has passed
-- column stands: coming, or passed
-- column source_id: Source
-- column locator: Place in the source
-- column grade: primary or secondary
-- column note: Remark
-- column table_name: Table that the row stands in
-- column row_key: The key of its row in that table, parts joined by “|”; empty where there is no row yet
SELECT instrument, kind, what, iso3, article, rule, date, days, stands, source_id, locator, grade, note, table_name, row_key
FROM dates_on($as_of)
ORDER BY stands, abs(days), instrument, kind, iso3, what;
