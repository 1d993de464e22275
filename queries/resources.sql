-- question: Which tools, guidance and documents are there on a question?
-- pages: resources
-- param question questions.question = none: One guiding question only
-- param type text = none in guidance|standard|plan|norm|report|paper|meeting|web|other: One kind of resource only
-- param language text = none: One language only, as written in the table (en, fr, es, several)
-- param year text = none: One year of publication only, or undated
-- column id: Code
-- column title: Title
-- column publisher: Publisher
-- column year: Year of publication; empty where not read
-- column kind: guidance, standard (standards and tools), plan (plans, policies, strategies), norm (treaty texts, resolutions, general comments), report, paper (papers, studies, articles), meeting, web or other
-- column type: Kind as the table names it
-- column questions: Guiding questions, separated by semicolons
-- column languages: Languages, separated by semicolons
-- column url: Address
-- column source_id: Source
-- column locator: Place in the source
-- column grade: primary or secondary
-- column note: Remark
WITH kinds AS (
    SELECT
        *,
        CASE
            WHEN type IN ('guidance', 'guide', 'guidelines', 'factsheets', 'recommendations') THEN 'guidance'
            WHEN type IN ('standard', 'standards', 'tool', 'survey tool', 'question set', 'database') THEN 'standard'
            WHEN type IN ('action plan', 'work plan', 'strategy', 'policy') THEN 'plan'
            WHEN type IN ('treaty text', 'resolution', 'general comment') THEN 'norm'
            WHEN type IN ('report', 'progress report', 'meeting report', 'monitoring report', 'assessment') THEN 'report'
            WHEN type IN ('working paper', 'policy paper', 'policy brief', 'study', 'article', 'brochure') THEN 'paper'
            WHEN type IN ('meeting page', 'event', 'document set') THEN 'meeting'
            WHEN type IN ('web library', 'organization site', 'web page') THEN 'web'
            ELSE 'other'
        END AS kind
    FROM resources
)
SELECT id, title, publisher, year, kind, type, questions, languages, url, source_id, locator, grade, note
FROM kinds
WHERE
    ($question IS NULL OR list_contains(string_split(questions, ';'), $question))
    AND ($type IS NULL OR kind = $type)
    AND ($language IS NULL OR list_contains(string_split(languages, ';'), $language))
    AND ($year IS NULL OR coalesce(CAST(year AS VARCHAR), 'undated') = $year)
ORDER BY year DESC NULLS LAST, title;
