-- question: Who are the new victims in the States of guiding question (g)?
-- pages: none (only the command line)
-- param iso3 new_victims.iso3 = none: One State only
-- column iso3: State
-- column year: Year; empty where the source gives no date
-- column measure: What the value states
-- column value: Value as published: a number, a percentage or a word
-- column cause: remnant, or explosive_ordnance_any where cluster munitions are not split
-- column sex: Sex
-- column age_group: Age group
-- column status: Civilian, deminer, military or all
-- column activity: Activity when injured or killed, where stated
-- column edition: Edition or origin
-- column source_id: Source
SELECT iso3, year, measure, value, cause, sex, age_group, status, activity, edition, source_id
FROM new_victims
WHERE $iso3 IS NULL OR iso3 = $iso3
ORDER BY iso3, year DESC NULLS LAST, measure, value, source_id;
