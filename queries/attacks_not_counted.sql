-- question: Which attacks with cluster munitions are known whose casualties are not?
-- pages: new-use
-- column fact: What is stated
-- column value: Value as published
-- column date: Day or month of the statement
-- column edition: Edition that the statement is about
-- column note: Remark
-- column source_id: Source
SELECT fact, value, date, 'CMM ' || right(topic, 4) AS edition, note, source_id
FROM recent_findings
WHERE regexp_full_match(topic, 'cmm_\d{4}') AND regexp_matches(fact, '^Attacks .*casualties are unknown')
ORDER BY date DESC, fact;
