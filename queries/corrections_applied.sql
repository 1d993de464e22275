-- question: Which misprints of sources are known, what was printed and what is shown instead?
-- pages: all
-- param status text = none in applied|mended|withdrawn: Corrections of one status only
-- column id: Short name of the correction
-- column table_name: Table that holds the misprint
-- column iso3: State or area of the row; empty where it has none
-- column year: Year of the row; empty where it has none
-- column row_key: The row in its table
-- column column_name: Column that holds the misprint
-- column published: What the source prints
-- column shown: What the dashboard shows
-- column reason: Why this is a misprint
-- column source_id: Document that says so
-- column who: Person or body that says so, where no document does
-- column publisher: Who published that document
-- column title: Title of that document
-- column locator: Place in that document
-- column url: Address of that document
-- column date: Day of the correction as known
-- column status: applied, mended (the source prints the right value now) or withdrawn (it was no misprint)
SELECT
    corrections.id,
    corrections.table_name,
    nullif(regexp_extract(corrections.row_key, '(?:^|;)\s*iso3\s*=\s*([A-Z]{3})', 1), '') AS iso3,
    TRY_CAST(nullif(regexp_extract(corrections.row_key, '(?:^|;)\s*year\s*=\s*(\d{4})', 1), '') AS BIGINT) AS year,
    corrections.row_key,
    corrections.column_name,
    corrections.published,
    corrections.shown,
    corrections.reason,
    corrections.source_id,
    corrections.who,
    sources.publisher,
    sources.title,
    corrections.locator,
    sources.url,
    corrections.date,
    corrections.status
FROM corrections
LEFT JOIN sources ON sources.id = corrections.source_id
WHERE $status IS NULL OR corrections.status = $status
ORDER BY list_position(['applied', 'mended', 'withdrawn'], corrections.status), iso3, year, corrections.id;
