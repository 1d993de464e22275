-- question: Which action, articles and targets does a guiding question rest on?
-- pages: questions, new-use
-- param question questions.question = none: One guiding question only
-- column question: Guiding question
-- column action: Lausanne action (numbering to be confirmed)
-- column ccm_articles: Articles of the Convention on Cluster Munitions
-- column crpd_articles: Articles of the Convention on the Rights of Persons with Disabilities
-- column sdg_targets: Goals and targets of the Sustainable Development Goals
-- column summary: What the action is about, in the project's own words
-- column source_id: Source of the topic of the action
-- column locator: Place in the source
WITH asked AS (
    SELECT question, CAST(unnest(string_split(actions, ';')) AS BIGINT) AS action
    FROM questions
    WHERE $question IS NULL OR question = $question
)
SELECT question, action, ccm_articles, crpd_articles, sdg_targets, summary, actions.source_id, actions.locator
FROM asked
JOIN actions USING (action)
ORDER BY question, action;
