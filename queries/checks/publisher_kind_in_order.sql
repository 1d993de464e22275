-- rule: every kind of publisher has its place in the order
-- earlier releases have no such table
SELECT 'sources.csv', _line, 'kind', kind, 'has no place in publisher_kinds.csv'
FROM sources
ANTI JOIN publisher_kinds USING (kind)
WHERE EXISTS (FROM publisher_kinds);
