-- question: Which good practices of States have been described, on which question?
-- pages: questions, resources
-- param iso3 states.iso3 = none: One State only
-- param question questions.question = none: One guiding question only
-- column iso3: State
-- column region: Region
-- column question: Guiding question
-- column year: Year the practice was described; empty where not read
-- column description: The practice
-- column source_id: Source
-- column locator: Place in the source
-- column grade: primary or secondary
-- column note: Remark
SELECT
    p.iso3, states.region, p.question, p.year, p.description, p.source_id, p.locator, p.grade, p.note
FROM good_practices AS p
JOIN states USING (iso3)
WHERE
    ($iso3 IS NULL OR p.iso3 = $iso3)
    AND ($question IS NULL OR p.question = $question)
ORDER BY states.name_en, p.question, p.year DESC NULLS LAST, p.source_id;
