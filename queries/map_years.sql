-- question: For which years does the Monitor give figures or names of States?
-- pages: affected-states, states
-- column year: Year, from the first to the last with any figure or name
-- column figures: States and areas with a figure, whole or part
-- column named: States and areas named
WITH figures AS (
    SELECT year, count(DISTINCT iso3) AS figures
    FROM casualty_shown
    WHERE weapon = 'cluster_munition' AND publisher_kind = 'monitor' AND iso3 <> 'WLD'
    GROUP BY year
),
names AS (
    SELECT year, count(DISTINCT iso3) AS named FROM casualty_names GROUP BY year
),
span AS (
    SELECT unnest(range(min(year), max(year) + 1)) AS year
    FROM (SELECT year FROM figures UNION ALL SELECT year FROM names)
)
SELECT year, coalesce(figures, 0) AS figures, coalesce(named, 0) AS named
FROM span
LEFT JOIN figures USING (year)
LEFT JOIN names USING (year)
ORDER BY year;
