-- question: How many answers of each of the twelve States to each guiding question have come in, and how many may be published?
-- pages: questions, states, responses
-- column iso3: State of the work plan's list
-- column question: Guiding question
-- column received: Answers received; 0 where none is recorded
-- column published: Answers whose publication the State has agreed to
SELECT
    states.iso3,
    questions.question,
    count(responses.iso3) AS received,
    count(responses.iso3) FILTER (responses.consent = 'yes') AS published
FROM (SELECT iso3 FROM state_groups WHERE state_group = 'twelve') AS states
CROSS JOIN questions
LEFT JOIN responses ON responses.iso3 = states.iso3 AND responses.question = questions.question
GROUP BY states.iso3, questions.question
ORDER BY states.iso3, questions.question;
