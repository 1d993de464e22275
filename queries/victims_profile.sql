-- question: What is stated about new victims in the four States of guiding question (g)?
-- pages: new-victims, questions
-- column iso3: State
-- column year: Year; empty where the source gives no date
-- column kind: figure, named (without a number), not_named, trend, statement, or incident (one event, never summed)
-- column series: cluster_munition, or not_split where cluster munitions are not told apart from other ordnance
-- column measure: What the value states
-- column value: Value as published: a number, a percentage or a word
-- column cause: remnant, or explosive_ordnance_any where cluster munitions are not split
-- column outcome: Killed, injured or all
-- column sex: Sex
-- column age_group: Age group
-- column status: Civilian, deminer, military or all
-- column activity: Activity when injured or killed, where stated
-- column item_type: Device as worded by the source
-- column edition: Edition or origin
-- column note: Remark on the row
-- column source_id: Source
SELECT
    iso3, year, kind, series, measure, value, cause, outcome, sex, age_group, status, activity, item_type,
    edition, note, source_id
FROM victim_statements
ORDER BY iso3, year DESC NULLS LAST, kind, measure, value, source_id;
