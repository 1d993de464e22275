-- question: Which good practices of a State were found?
-- pages: states
-- param iso3 states.iso3 = LAO: State
-- column iso3: State
-- column question: Guiding question
-- column year: Year the practice was described; empty where not read
-- column description: The practice
-- column source_id: Source
-- column locator: Place in the source
-- column grade: primary or secondary
SELECT iso3, question, year, description, source_id, locator, grade
FROM good_practices
WHERE iso3 = $iso3
ORDER BY question, year DESC NULLS LAST, description;
