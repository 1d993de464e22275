-- question: Which of the twelve States have been contacted, which have answered, and which are in consultation?
-- pages: responses
-- column iso3: State of the work plan's list
-- column contacted: Day of the first contact; empty where none is recorded
-- column answered: Day of the first answer, from the outreach table or else the first published answer; empty where neither is there
-- column in_consultation: yes or no, whether the State takes part in the consultation on the working document; empty where not recorded
-- column channel: How the State was contacted; empty where not recorded
-- column received: Answers to guiding questions received
WITH answers AS (
    -- the day of an answer without consent is not told either
    SELECT iso3, count(*) AS received, min(received) FILTER (consent = 'yes') AS first_received
    FROM responses
    GROUP BY iso3
)
SELECT
    iso3,
    outreach.contacted,
    coalesce(outreach.answered, answers.first_received) AS answered,
    outreach.in_consultation,
    outreach.channel,
    coalesce(answers.received, 0) AS received
FROM (SELECT iso3 FROM state_groups WHERE state_group = 'twelve') AS states
LEFT JOIN outreach USING (iso3)
LEFT JOIN answers USING (iso3)
ORDER BY iso3;
