-- rule: one source prints one value for one cell of one edition
SELECT 'casualties.csv', later._line, 'count', later.count,
    'line ' || earlier._line || ' holds another value of the same cell from the same edition and source ('
    || earlier.count || ', ' || earlier.count_type || ')'
FROM casualties AS later
JOIN casualties AS earlier
    ON earlier.iso3 = later.iso3 AND earlier.year = later.year AND earlier.weapon = later.weapon
   AND earlier.cause = later.cause AND earlier.outcome = later.outcome AND earlier.sex = later.sex
   AND earlier.age_group = later.age_group AND earlier.status = later.status
   AND earlier.activity IS NOT DISTINCT FROM later.activity AND earlier.scope = later.scope
   AND earlier.publisher_kind = later.publisher_kind AND earlier.edition = later.edition
   AND earlier.source_id = later.source_id
WHERE earlier._line < later._line;
