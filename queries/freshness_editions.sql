-- question: Of which publications in use is a newer edition known, announced, said to exist, or to be looked for?
-- pages: affected-states, comparisons, freshness, new-use, new-victims, overview, search, states
-- param as_of date = data: Day on which ages are counted
-- column kind: known, announced, said (only a lead tells of it), due (a yearly report, a year or more after its newest edition) or current
-- column series: cmm or lm for the yearly reports of the Monitor; empty for other documents
-- column in_use: Title of the edition in use
-- column published: Its date as known
-- column months: Whole months from its date to the day; empty where it has none
-- column rows: Rows that rest on it
-- column newer: Title of the newer edition; empty where none is known of
-- column newer_published: Its date as known
-- column in_use_source_id: The document in use; empty for a yearly report
-- column source_id: Document in which the newer edition was seen
-- column locator: Place in that document
-- column grade: primary or secondary
-- column lead: The lead that tells of it
-- column note: Remark
-- column table_name: Table that the row stands in
-- column row_key: The key of its row in that table, parts joined by “|”; empty where there is no row yet
SELECT kind, series, in_use, published, months, rows, newer, newer_published, in_use_source_id, source_id, locator, grade, lead, note, table_name, row_key
FROM editions_on($as_of)
ORDER BY list_position(['known', 'said', 'announced', 'due', 'current'], kind), in_use, newer;
