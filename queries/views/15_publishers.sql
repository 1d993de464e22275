-- Every document with its place in the order in which one is named where several print the same
-- figure (table publisher_kinds); a copy after what was read at its publisher.
CREATE VIEW preferred_sources AS
SELECT
    sources.id AS source_id,
    row_number() OVER (ORDER BY kinds.position NULLS LAST, sources.copy_on IS NOT NULL, sources.id) AS preference
FROM sources
LEFT JOIN publisher_kinds AS kinds USING (kind);
