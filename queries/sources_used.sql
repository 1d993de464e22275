-- question: What rests on each document?
-- pages: sources, freshness
-- param kind text = all: One kind of publisher only
-- param search text = none: Words that the publisher or the title must contain
-- column source_id: Document
-- column publisher: Who published it
-- column title: Title
-- column edition: Edition or symbol
-- column published: Date of publication as known
-- column url: Link
-- column language: Language where known
-- column kind: Kind of publisher
-- column copy_on: Site or outlet that holds the copy that was read; empty where it was read at its publisher
-- column grade: primary, secondary, or both
-- column rows: Rows of all tables that rest on it
-- column rests_on_it: Tables and their number of rows
WITH used AS (
    SELECT source_id, table_name, count(*) AS rows, list(DISTINCT grade) AS grades
    FROM cited
    GROUP BY ALL
)
SELECT
    sources.id AS source_id,
    sources.publisher,
    sources.title,
    sources.edition,
    sources.published,
    sources.url,
    sources.language,
    sources.kind,
    sources.copy_on,
    array_to_string(list_sort(list_distinct(flatten(list(used.grades)))), ', ') AS grade,
    CAST(coalesce(sum(used.rows), 0) AS BIGINT) AS rows,
    string_agg(concat(used.table_name, ' (', used.rows, ')'), ', ' ORDER BY used.table_name) AS rests_on_it
FROM sources
LEFT JOIN used ON used.source_id = sources.id
WHERE ($kind = 'all' OR sources.kind = $kind)
  AND ($search IS NULL
       OR contains(lower(strip_accents(concat(sources.publisher, ' ', sources.title))), lower(strip_accents($search))))
GROUP BY ALL
ORDER BY lower(any_value(sources.publisher)), lower(any_value(sources.title)), sources.id;
