-- question: From which years is the evidence that counts on each pair of State and indicator?
-- pages: obligations
-- param action actions.action = none: One Lausanne action only (numbering to be confirmed)
-- param question questions.question = none: One guiding question only
-- param states text = all: Some States only, codes separated by commas
-- column year: Year of the evidence that counts; empty where undated
-- column age: recent (within five years of the data's date), older or undated
-- column pairs: Pairs of State and indicator whose evidence that counts is of that year; 0 for a year between
WITH counted AS (
    SELECT as_of AS year, age, count(*) AS pairs
    FROM obligation_pairs_of($action, $question, $states)
    WHERE age IS NOT NULL
    GROUP BY ALL
),
-- a year without evidence that counts is a counted zero here, not a gap in what is known
years AS (
    SELECT unnest(range(min(year), max(year) + 1)) AS year FROM counted WHERE year IS NOT NULL
)
SELECT years.year, if(years.year >= year(data_as_of()) - 5, 'recent', 'older') AS age, coalesce(pairs, 0) AS pairs
FROM years
LEFT JOIN counted USING (year)
UNION ALL
SELECT year, age, pairs FROM counted WHERE year IS NULL
ORDER BY year NULLS LAST;
