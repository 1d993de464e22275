-- rule: a row read in a copy is never primary
SELECT table_name || '.csv', NULL, 'grade', cited.grade,
    'was read in a copy (' || sources.id || ', on ' || sources.copy_on || '): its grade is secondary'
FROM cited
JOIN sources ON sources.id = cited.source_id
WHERE sources.copy_on IS NOT NULL AND cited.grade = 'primary'
GROUP BY ALL;
