-- question: What is there to look for, to check and to put in, row by row?
-- pages: freshness
-- param as_of date = data: Day on which ages are counted
-- column kind: newer_edition, newer_document, coming, passed, article7, plan_over, older, undated, none, casualties or question
-- column iso3: State; empty where the task concerns none in particular
-- column table_name: Table to look at
-- column row_key: The key of its row in that table, parts joined by “|”; empty where there is no row yet
-- column instrument: Instrument; empty where none is concerned
-- column about: What it is about: code of an indicator, kind of a date, or years or questions
-- column title: Title of a document, a plan, a report or a meeting; empty otherwise
-- column since: Year or date of what is in use, or of the date, as known
-- column source_id: Document in which it was read
SELECT
    'newer_edition' AS kind, NULL AS iso3, table_name, row_key, NULL AS instrument, kind AS about,
    coalesce(newer, in_use) AS title, coalesce(newer_published, published) AS since,
    coalesce(source_id, in_use_source_id) AS source_id
FROM editions_on($as_of)
WHERE kind <> 'current'
UNION ALL
SELECT 'newer_document', iso3, 'obligation_findings', row_key, NULL, indicator, newer_title, newer_published, newer_source_id
FROM evidence_with_newer_document
UNION ALL
SELECT stands, iso3, table_name, row_key, instrument, kind, what, date, source_id
FROM dates_on($as_of)
WHERE days <= 366 -- what is further off than a year is no task yet
UNION ALL
SELECT
    'article7', twelve.iso3, 'article7_reports', if(max(reporting_year) IS NULL, NULL, concat_ws('|', twelve.iso3, max(reporting_year))), 'CCM', NULL, NULL,
    CAST(max(reporting_year) AS VARCHAR), arg_max(source_id, reporting_year)
FROM (SELECT iso3 FROM state_groups WHERE state_group = 'twelve') AS twelve
LEFT JOIN article7_reports AS reports ON reports.iso3 = twelve.iso3 AND reports.found <> 'no'
GROUP BY twelve.iso3
UNION ALL
SELECT 'plan_over', iso3, 'obligation_findings', row_key, NULL, indicator, NULL, CAST(valid_to AS VARCHAR), source_id
FROM evidence_on($as_of)
WHERE plan_over
UNION ALL
SELECT age, iso3, 'obligation_findings', row_key, NULL, indicator, NULL, CAST(year AS VARCHAR), source_id
FROM evidence_on($as_of)
WHERE age <> 'recent' AND NOT plan_over
UNION ALL
SELECT 'casualties', iso3, 'casualties', NULL, NULL, string_agg(item, ', ' ORDER BY item), NULL, NULL, NULL
FROM gaps
WHERE kind = 'casualties'
GROUP BY iso3
UNION ALL
SELECT 'question', iso3, 'responses', NULL, NULL, string_agg(item, ', ' ORDER BY item), NULL, NULL, NULL
FROM gaps
WHERE kind = 'question'
GROUP BY iso3
ORDER BY
    list_position([
        'newer_edition', 'newer_document', 'passed', 'coming', 'article7', 'plan_over', 'older', 'undated', 'none', 'casualties', 'question'
    ], kind),
    iso3 NULLS FIRST, since, about, title;
