-- question: Which answers to the guiding questions may be shown, because the State has agreed?
-- pages: questions, states, responses, search
-- param question questions.question = none: One guiding question only
-- param iso3 states.iso3 = none: One State only
-- column iso3: State
-- column question: Guiding question
-- column received: Day on which the answer was received
-- column language: Language of the answer (ISO 639-1)
-- column answer: The answer in its own language
-- column summary_en: Summary in English; empty where none was written
-- column channel: How it came
-- column document: Document that holds the answer
-- column url: Address of the document
SELECT iso3, question, received, language, answer, summary_en, channel, document, url
FROM responses
-- the only place where the text of an answer leaves the table
WHERE
    consent = 'yes'
    AND ($question IS NULL OR question = $question)
    AND ($iso3 IS NULL OR iso3 = $iso3)
ORDER BY iso3, question, received DESC;
