-- question: In how many States is each indicator met, partly met, not met, past its plan, or unknown?
-- pages: obligations, states
-- param action actions.action = none: One Lausanne action only (numbering to be confirmed)
-- param question questions.question = none: One guiding question only
-- param states text = all: Some States only, codes separated by commas
-- column action: Lausanne action (numbering to be confirmed)
-- column indicator: Indicator
-- column states: States asked about
-- column met: States coded met
-- column partly: States coded partly
-- column not_met: States coded not met
-- column expired: States whose plan is past its last year
-- column no_information: States without evidence
-- column recent: States whose evidence that counts is within five years of the data's date
SELECT
    action,
    indicator,
    count(*) AS states,
    count(*) FILTER (status = 'met') AS met,
    count(*) FILTER (status = 'partly') AS partly,
    count(*) FILTER (status = 'not_met') AS not_met,
    count(*) FILTER (status = 'expired') AS expired,
    count(*) FILTER (status = 'no_information') AS no_information,
    count(*) FILTER (age = 'recent') AS recent
FROM obligation_pairs_of($action, $question, $states)
GROUP BY action, indicator
ORDER BY action, indicator;
