-- question: Which of the twelve have a data system, and which findings name figures by sex, age or disability?
-- pages: questions
-- column iso3: State of the work plan's list
-- column aspect: system, sex, age or disability
-- column known: system: status of the evidence that counts (met, partly, not_met, no_information); sex, age, disability: named or not_named; no_information without any finding
-- column as_of: Year of the evidence; empty where undated or where nothing is named
-- column age: recent (within five years of the data's date), older or undated
-- column finding: What was read
-- column source_id: Source
-- column locator: Place in the source
-- column grade: primary or secondary
-- A split is read from the words of a finding, newest first: it says that figures of that kind
-- were published once, not that the State's data are split throughout. A finding that says that
-- there is no system names no figure; a general count of persons with disabilities is none of victims.
WITH words(aspect, pattern) AS (
    VALUES
        ('sex', '\b(sex|male|female|men|women|boys?|girls?)\b'),
        ('age', '\b(age|child|children|boys?|girls?)\b'),
        ('disability', '\b(disability|disabilities)\b')
),
system AS (
    SELECT iso3, 'system' AS aspect, status AS known, as_of, age, finding, source_id, locator, grade
    FROM obligation_pairs
    WHERE indicator = 'data_system'
),
named AS (
    SELECT
        cells.iso3, words.aspect, 'named' AS known, cells.as_of,
        CASE
            WHEN cells.as_of IS NULL THEN 'undated'
            WHEN cells.as_of >= year(data_as_of()) - 5 THEN 'recent'
            ELSE 'older'
        END AS age,
        cells.finding, cells.source_id, cells.locator, cells.grade
    FROM obligation_cells AS cells
    JOIN words ON regexp_matches(lower(cells.finding), words.pattern)
    WHERE cells.indicator = 'data_system' AND cells.status <> 'not_met' AND cells.evidence_kind IS DISTINCT FROM 'general'
    QUALIFY row_number() OVER (PARTITION BY cells.iso3, words.aspect ORDER BY cells.rank) = 1
)
SELECT * FROM system
UNION ALL
SELECT
    system.iso3, words.aspect,
    coalesce(named.known, if(system.known = 'no_information', 'no_information', 'not_named')) AS known,
    named.as_of, named.age, named.finding, named.source_id, named.locator, named.grade
FROM system
CROSS JOIN words
LEFT JOIN named ON named.iso3 = system.iso3 AND named.aspect = words.aspect
ORDER BY iso3, list_position(['system', 'sex', 'age', 'disability'], aspect);
