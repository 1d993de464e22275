-- question: What does one sentence on a State say: its standing, the evidence on its indicators, its casualty figures?
-- pages: states
-- param iso3 states.iso3 = LAO: State
-- column iso3: State
-- column status: Standing under the Convention on Cluster Munitions on the data's as-of date
-- column since: Date of the act that gives the standing, as known
-- column indicators: Indicators coded for the State; 0 for a State that is not among the twelve
-- column evidence: Indicators with evidence
-- column recent: Indicators whose evidence that counts is within five years of the data's date
-- column recent_from: First year that counts as within five years
-- column figure_year: Newest year with a figure of the Monitor for cluster munition casualties, whole or part
-- column named_year: Newest year for which the Monitor names the State and no number was found, if newer than the figure
WITH figures AS (
    SELECT max(year) AS year
    FROM casualty_shown
    WHERE iso3 = $iso3 AND weapon = 'cluster_munition' AND publisher_kind = 'monitor'
)
SELECT
    states.iso3,
    standing.status,
    standing.since,
    (SELECT count(*) FROM obligation_pairs WHERE iso3 = $iso3) AS indicators,
    (SELECT count(*) FROM obligation_pairs WHERE iso3 = $iso3 AND age IS NOT NULL) AS evidence,
    (SELECT count(*) FROM obligation_pairs WHERE iso3 = $iso3 AND age = 'recent') AS recent,
    year(data_as_of()) - 5 AS recent_from,
    figures.year AS figure_year,
    (SELECT max(year) FROM casualty_names WHERE iso3 = $iso3 AND (figures.year IS NULL OR year > figures.year)) AS named_year
FROM states
JOIN standing_on(treaties_as_of()) AS standing ON standing.iso3 = states.iso3 AND standing.instrument = 'CCM'
CROSS JOIN figures
WHERE states.iso3 = $iso3;
