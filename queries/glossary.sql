-- question: What does a term mean, what is it in French and Spanish, and where is it defined?
-- pages: all
-- param term text = none: Words looked for in the term, its abbreviation, its French and Spanish forms and its meaning
-- column term_en: English term
-- column abbreviation: Abbreviation
-- column definition: Meaning in general terms
-- column legal_source: Where the term is defined
-- column term_fr: French term; empty where not read
-- column term_es: Spanish term; empty where not read
-- column source_id: Source
-- column locator: Place in the source
-- column grade: primary or secondary
-- column note: Remark
WITH prepared AS (
    SELECT
        *,
        -- capital letters and accents do not matter
        strip_accents(lower($term)) AS wanted,
        strip_accents(lower(concat_ws(' · ', term_en, abbreviation, term_fr, term_es))) AS names,
        strip_accents(lower(definition)) AS meaning
    FROM glossary
)
SELECT term_en, abbreviation, definition, legal_source, term_fr, term_es, source_id, locator, grade, note
FROM prepared
WHERE wanted IS NULL OR contains(names, wanted) OR contains(meaning, wanted)
ORDER BY
    -- the term itself first, then terms that hold the words, then meanings that do
    CASE
        WHEN wanted IS NULL THEN 0
        WHEN lower(strip_accents(term_en)) = wanted OR lower(abbreviation) = wanted THEN 0
        WHEN contains(names, wanted) THEN 1
        ELSE 2
    END,
    strip_accents(lower(term_en));
