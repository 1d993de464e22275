-- rule: attacks and remnants of one edition cannot exceed the total of the same edition
-- Each source is judged by its own two values, and the edition by the smallest that any source
-- prints, against the largest total that any source prints for that edition.
WITH totals AS (
    SELECT iso3, year, weapon, outcome, sex, age_group, status, activity, scope, publisher_kind, edition, max(count) AS total
    FROM casualties
    WHERE cause = 'all'
    GROUP BY ALL
),
by_source AS (
    SELECT
        iso3, year, weapon, outcome, sex, age_group, status, activity, scope, publisher_kind, edition,
        source_id, cause AS part, max(count) AS count, min(_line) AS line
    FROM casualties
    WHERE cause IN ('attack', 'remnant')
    GROUP BY ALL
),
smallest AS (
    SELECT * EXCLUDE (source_id) REPLACE (min(count) AS count, min(line) AS line)
    FROM by_source
    GROUP BY ALL
),
sums AS (
    SELECT * EXCLUDE (part) REPLACE (sum(count) AS count, min(line) AS line), max(line) AS other
    FROM by_source GROUP BY ALL
    UNION ALL BY NAME
    SELECT * EXCLUDE (part) REPLACE (sum(count) AS count, min(line) AS line), max(line) AS other
    FROM smallest GROUP BY ALL
)
SELECT 'casualties.csv', min(sums.line), 'count', sums.count,
    'attacks and remnants together are more than the total of the same edition (' || total || '); rows ' || min(sums.line) || ' and ' || max(sums.other) || ' were added'
FROM sums
JOIN totals
    ON sums.iso3 = totals.iso3 AND sums.year = totals.year AND sums.weapon = totals.weapon
   AND sums.outcome = totals.outcome AND sums.sex = totals.sex AND sums.age_group = totals.age_group
   AND sums.status = totals.status AND sums.activity IS NOT DISTINCT FROM totals.activity
   AND sums.scope = totals.scope AND sums.publisher_kind = totals.publisher_kind
   AND sums.edition = totals.edition
WHERE sums.count > total
GROUP BY sums.count, total, sums.iso3, sums.year;
