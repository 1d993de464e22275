-- question: How old is what each table says: newest, median and oldest year, and rows without a date?
-- pages: freshness
-- column table_name: Table
-- column rows: Rows that cite a document
-- column dated: Rows that carry a year or a date
-- column undated: Rows that carry none
-- column newest: Newest year that a row speaks of; empty where no row carries one
-- column median: The year in the middle: half of the dated rows speak of it or of an earlier one
-- column oldest: Oldest year that a row speaks of
-- column published: Date of the newest document cited, as known
-- column source_id: That document
WITH years AS (
    SELECT dated_rows.*, CAST(left(said, 4) AS BIGINT) AS year, sources.published
    FROM dated_rows
    JOIN sources ON sources.id = dated_rows.source_id
)
SELECT
    table_name,
    count(*) AS rows,
    count(year) AS dated,
    count(*) - count(year) AS undated,
    max(year) AS newest,
    quantile_disc(year, 0.5) AS median,
    min(year) AS oldest,
    arg_max(published, concat(last_day_of(published), source_id)) AS published,
    arg_max(source_id, concat(last_day_of(published), source_id)) FILTER (published IS NOT NULL) AS source_id
FROM years
GROUP BY table_name
ORDER BY table_name;
