-- question: Which States does each list name as having cluster munition victims?
-- pages: affected-states, integrated-approach, new-use, obligations, overview, questions, search, states
-- column iso3: State
-- column list: Code of the list
-- column listed: Date of the list as stated
-- column source_id: Source
SELECT iso3, list, listed, source_id
FROM obligation_lists
WHERE iso3 IS NOT NULL
ORDER BY iso3, list;
