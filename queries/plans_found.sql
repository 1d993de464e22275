-- question: In which of the twelve was a plan found whose period still runs, for disability and for victim assistance?
-- pages: questions
-- column iso3: State of the work plan's list
-- column indicator: national_disability_plan or national_va_plan
-- column standing: runs (coded met, last year not past), end_not_stated (coded met), partly (draft, policy, standard or part of another plan), expired (last year past), not_met, no_information
-- column valid_to: Last year of the plan
-- column as_of: Year of the evidence; empty where undated
-- column age: recent (within five years of the data's date), older, undated; empty where there is no information
-- column finding: What was read
-- column source_id: Source
-- column locator: Place in the source
-- column grade: primary or secondary
-- column note: Remark
SELECT
    iso3, indicator,
    CASE
        WHEN status = 'met' AND valid_to >= year(data_as_of()) THEN 'runs'
        -- nobody knows whether a plan without a last year still runs
        WHEN status = 'met' THEN 'end_not_stated'
        ELSE status
    END AS standing,
    valid_to, as_of, age, finding, source_id, locator, grade, note
FROM obligation_pairs
WHERE indicator IN ('national_disability_plan', 'national_va_plan')
ORDER BY iso3, indicator;
