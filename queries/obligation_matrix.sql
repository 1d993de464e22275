-- question: What is known on each indicator in each of the twelve States, and where is nothing known?
-- pages: obligations, questions, states, new-use
-- param action actions.action = none: One Lausanne action only (numbering to be confirmed)
-- param question questions.question = none: One guiding question only
-- param states text = all: Some States only, codes separated by commas
-- column iso3: State of the work plan's list
-- column region: Region
-- column action: Lausanne action (numbering to be confirmed)
-- column indicator: Indicator
-- column questions: Guiding questions it belongs to
-- column status: The project's own coding; expired for a plan past its last year; no_information where no row was found
-- column as_of: Year of the evidence; empty where undated
-- column age: recent (within five years of the data's date), older, undated; empty where there is no information
-- column valid_to: Last year of a plan
-- column finding: What was read
-- column source_id: Source
-- column locator: Place in the source
-- column grade: primary or secondary
-- column note: Remark
-- column evidence_kind: direct (speaks of victims or of victim assistance) or general (a measure that does not name them); empty where there is no information
-- column to_confirm: What a person should see in the document first; empty where nothing is open
-- column other_kind: The other kind, where a finding of it stands beside
-- column other_status: Status of its newest finding
-- column other_as_of: Year of that finding; empty where undated
-- column other_finding: What was read
-- column other_source_id: Its source
SELECT
    iso3, region, action, indicator, questions, status, as_of, age, valid_to, finding, source_id, locator, grade, note,
    evidence_kind, to_confirm, other_kind, other_status, other_as_of, other_finding, other_source_id
FROM obligation_pairs_of($action, $question, $states)
ORDER BY iso3, action, indicator;
