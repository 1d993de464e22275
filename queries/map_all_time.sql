-- question: How many casualties have been recorded in each State over all years, in the newest edition found?
-- pages: affected-states
-- column iso3: State, area or WLD; without a row nothing was found
-- column place: state, area or world
-- column mark: total (all causes, all years), part (one cause or a period only), other (a publisher other than the Monitor)
-- column measure: What is counted, as published
-- column period_start: Start of the period as published; empty where not stated
-- column period_end: End of the period
-- column count: Persons recorded; an estimate is never shown here
-- column count_type: recorded or minimum (“at least”)
-- column edition: Edition that prints the figure
-- column source_id: Source
-- column other_values: What other editions or sources print
-- column estimate: Lower end of the newest estimate, kept apart
-- column estimate_high: Upper end of that estimate
-- column estimate_end: End of the period of that estimate
-- column estimate_edition: Edition of that estimate
-- column estimate_source_id: Source of that estimate
SELECT
    iso3,
    CASE
        WHEN iso3 = 'WLD' THEN 'world'
        WHEN iso3 IN (SELECT iso3 FROM states) THEN 'state'
        ELSE 'area'
    END AS place,
    all_time_shown.* EXCLUDE (iso3)
FROM all_time_shown
ORDER BY iso3;
