-- question: Which resources help with a guiding question?
-- pages: questions
-- param question questions.question = none: One guiding question only
-- column id: Resource
-- column title: Title
-- column publisher: Publisher
-- column year: Year of publication; empty where not known
-- column type: Type
-- column questions: Guiding questions it belongs to
-- column url: Link
-- column source_id: Source
SELECT id, title, publisher, year, type, questions, url, source_id
FROM resources
WHERE $question IS NULL OR list_contains(string_split(questions, ';'), $question)
-- what speaks to a few questions is nearer to this one than what speaks to all; then the newest
ORDER BY len(string_split(questions, ';')) > 3, year DESC NULLS LAST, title;
