-- question: In how many cells of State and indicator is the evidence that counts recent, older, undated, or missing?
-- pages: freshness
-- param as_of date = data: Day on which ages are counted
-- column cells: State and indicator together
-- column states: States of the work plan's list
-- column recent: Cells whose evidence that counts is within five years of the day
-- column older: Cells whose evidence that counts is older
-- column undated: Cells whose evidence that counts carries no date
-- column none: Cells without information
-- column plans_over: Cells that hold a plan whose last year is over
-- column recent_from: The first year that counts as recent
SELECT
    count(*) AS cells,
    count(DISTINCT iso3) AS states,
    count(*) FILTER (age = 'recent') AS recent,
    count(*) FILTER (age = 'older') AS older,
    count(*) FILTER (age = 'undated') AS undated,
    count(*) FILTER (age = 'none') AS none,
    count(*) FILTER (plan_over) AS plans_over,
    year($as_of) - 5 AS recent_from
FROM evidence_on($as_of);
