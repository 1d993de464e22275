-- question: For how many pairs of State and indicator was evidence found, and how old is it?
-- pages: obligations, questions, states, new-use
-- param action actions.action = none: One Lausanne action only (numbering to be confirmed)
-- param question questions.question = none: One guiding question only
-- param states text = all: Some States only, codes separated by commas
-- column pairs: Possible pairs of a State and an indicator
-- column states: States among them
-- column indicators: Indicators among them
-- column evidence: Pairs with evidence
-- column recent: Pairs whose evidence that counts is within five years of the data's date
-- column older: Pairs whose evidence that counts is older
-- column undated: Pairs with undated evidence only
-- column no_information: Pairs without evidence
-- column states_with_gaps: States with at least one pair without evidence
-- column met: Pairs coded met
-- column partly: Pairs coded partly
-- column not_met: Pairs coded not met
-- column expired: Pairs with a plan past its last year
-- column recent_from: First year that counts as within five years
SELECT
    count(*) AS pairs,
    count(DISTINCT iso3) AS states,
    count(DISTINCT indicator) AS indicators,
    count(*) FILTER (age IS NOT NULL) AS evidence,
    count(*) FILTER (age = 'recent') AS recent,
    count(*) FILTER (age = 'older') AS older,
    count(*) FILTER (age = 'undated') AS undated,
    count(*) FILTER (age IS NULL) AS no_information,
    count(DISTINCT iso3) FILTER (age IS NULL) AS states_with_gaps,
    count(*) FILTER (status = 'met') AS met,
    count(*) FILTER (status = 'partly') AS partly,
    count(*) FILTER (status = 'not_met') AS not_met,
    count(*) FILTER (status = 'expired') AS expired,
    year(data_as_of()) - 5 AS recent_from
FROM obligation_pairs_of($action, $question, $states);
