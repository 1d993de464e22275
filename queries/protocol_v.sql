-- question: What do the documents read say on victim assistance under CCW Protocol V, State by State and in general?
-- pages: comparisons, states
-- column iso3: State; empty for the Protocol itself
-- column date: Date as known
-- column kind: Kind of fact
-- column detail: The fact
-- column source_id: Source
-- column grade: primary or secondary
-- column note: Remark
SELECT iso3, date, kind, detail, source_id, grade, note
FROM protocol_v
ORDER BY iso3 NULLS FIRST, date NULLS FIRST, kind, detail, source_id;
