-- question: Of which year is the evidence that counts on each Article 5 indicator in each of the twelve States?
-- pages: freshness
-- param as_of date = data: Day on which ages are counted
-- column iso3: State of the work plan's list
-- column region: Region
-- column action: Lausanne action (numbering to be confirmed)
-- column indicator: Indicator
-- column year: Year of the evidence that counts; empty where undated or where there is none
-- column age: recent (within five years of the day), older, undated, or none (no information found)
-- column valid_to: Last year of a plan
-- column plan_over: Whether that year is over
-- column row_key: The key of its row in obligation_findings.csv, parts joined by “|”; empty where there is no row yet
-- column source_id: Source
-- column locator: Place in the source
-- column grade: primary or secondary
SELECT iso3, region, action, indicator, year, age, valid_to, plan_over, row_key, source_id, locator, grade
FROM evidence_on($as_of)
ORDER BY iso3, action, indicator;
