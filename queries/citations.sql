-- question: Which documents does a table cite, where in them, and how were they read?
-- pages: all
-- param table text = all: One table only
-- column table_name: Table that cites the document
-- column source_id: Document
-- column publisher: Who published it
-- column title: Title
-- column edition: Edition or symbol
-- column published: Date of publication as known
-- column url: Link
-- column kind: Kind of publisher
-- column copy_on: Site or outlet that holds the copy that was read; empty where it was read at its publisher
-- column rows: Rows of the table that rest on it
-- column locators: Places in the document, separated by “ | ”
-- column grade: primary, secondary, or both
SELECT
    cited.table_name,
    sources.id AS source_id,
    sources.publisher,
    sources.title,
    sources.edition,
    sources.published,
    sources.url,
    sources.kind,
    sources.copy_on,
    count(*) AS rows,
    string_agg(DISTINCT cited.locator, ' | ' ORDER BY cited.locator) AS locators,
    string_agg(DISTINCT cited.grade, ', ' ORDER BY cited.grade) AS grade
FROM cited
JOIN sources ON sources.id = cited.source_id
WHERE $table = 'all' OR cited.table_name = $table
GROUP BY ALL
ORDER BY cited.table_name, sources.id;
