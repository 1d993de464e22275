-- question: What does the work plan ask, to the letter?
-- pages: none (only the questionnaire)
-- column question: Guiding question
-- column wording: Words of the work plan; empty in releases from before they were recorded
-- column source_id: Source
-- column locator: Place in the source
SELECT question, wording, source_id, locator
FROM questions
ORDER BY question;
