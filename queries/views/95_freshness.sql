-- Every row that cites a document, with the day, month or year it speaks of; empty where the row carries none.
CREATE VIEW dated_rows AS
WITH said AS (
    SELECT 'apmbc_findings' AS table_name, as_of AS said, source_id FROM apmbc_findings
    UNION ALL SELECT 'apmbc_survivor_states', as_of, source_id FROM apmbc_survivor_states
    UNION ALL SELECT 'article7_context', date, source_id FROM article7_context
    UNION ALL SELECT 'article7_reports', CAST(reporting_year AS VARCHAR), source_id FROM article7_reports
    UNION ALL SELECT 'casualties', CAST(year AS VARCHAR), source_id FROM casualties
    UNION ALL SELECT 'casualty_names', CAST(year AS VARCHAR), source_id FROM casualty_names
    UNION ALL SELECT 'casualty_periods', CAST(period_end AS VARCHAR), source_id FROM casualty_periods
    UNION ALL SELECT 'casualty_shares', CAST(year AS VARCHAR), source_id FROM casualty_shares
    UNION ALL SELECT 'casualty_totals', CAST(period_end AS VARCHAR), source_id FROM casualty_totals
    UNION ALL SELECT 'crpd_reports', coalesce(last_concluding_observations, initial_report_submitted), source_id FROM crpd_reports
    UNION ALL SELECT 'good_practices', CAST(year AS VARCHAR), source_id FROM good_practices
    UNION ALL SELECT 'incidents', CAST(year AS VARCHAR), source_id FROM incidents
    UNION ALL SELECT 'meetings', start, source_id FROM meetings
    UNION ALL SELECT 'new_victims', CAST(year AS VARCHAR), source_id FROM new_victims
    UNION ALL SELECT 'obligation_findings', CAST(as_of AS VARCHAR), source_id FROM obligation_findings
    UNION ALL SELECT 'protocol_v', date, source_id FROM protocol_v
    UNION ALL SELECT 'recent_findings', date, source_id FROM recent_findings
    UNION ALL SELECT 'resources', CAST(year AS VARCHAR), source_id FROM resources
    UNION ALL SELECT 'survivors', CAST(as_of AS VARCHAR), source_id FROM survivors
    UNION ALL SELECT 'treaty_actions', date, source_id FROM treaty_actions
    UNION ALL SELECT 'treaty_conflicts', date, source_id FROM treaty_conflicts
    UNION ALL SELECT 'treaty_events', date, source_id FROM treaty_events
    UNION ALL SELECT 'victim_definitions', CAST(year AS VARCHAR), source_id FROM victim_definitions
    UNION ALL
    -- these tables say what a text holds or who somebody is, and carry no date of their own
    SELECT table_name, NULL, source_id
    FROM cited
    WHERE table_name IN (
        'glossary', 'instrument_facts', 'obligation_lists', 'obligation_list_notes', 'stakeholders', 'va_crosswalk'
    )
)
SELECT
    table_name, source_id,
    nullif(regexp_extract(coalesce(said, ''), '^\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?\b'), '') AS said
FROM said;

-- The States of the work plan's list by the indicators, with the age of the evidence that counts on a day.
-- Evidence is known to the year only: a year counts as within the last five while any day of it may be.
CREATE MACRO evidence_on(day) AS TABLE
SELECT
    pairs.iso3,
    pairs.region,
    pairs.action,
    pairs.indicator,
    pairs.as_of AS year,
    CASE
        WHEN cells.iso3 IS NULL THEN 'none'
        WHEN pairs.as_of IS NULL THEN 'undated'
        WHEN pairs.as_of >= year(day) - 5 THEN 'recent'
        ELSE 'older'
    END AS age,
    pairs.valid_to,
    coalesce(pairs.valid_to < year(day), false) AS plan_over,
    if(cells.iso3 IS NULL, NULL, concat_ws('|', cells.iso3, cells.indicator, cells.as_of, cells.source_id)) AS row_key,
    pairs.source_id,
    pairs.locator,
    pairs.grade
FROM obligation_pairs AS pairs
LEFT JOIN obligation_cells AS cells
    ON cells.iso3 = pairs.iso3 AND cells.indicator = pairs.indicator AND cells.rank = 1;

-- Documents with the series they belong to: same publisher and same title, leaving out dates, numbers,
-- brackets, and the casualties that the Monitor's profiles once treated together with victim assistance.
CREATE VIEW document_series AS
SELECT
    sources.id AS source_id,
    sources.title,
    coalesce(sources.published, editions.published) AS published,
    concat(
        sources.publisher, ' | ',
        trim(regexp_replace(
            regexp_replace(lower(strip_accents(sources.title)), '\(.*?\)|\d+|casualties and ', '', 'g'),
            '[^a-z]+', ' ', 'g'
        ))
    ) AS series
FROM sources
LEFT JOIN editions ON editions.edition = sources.edition;

-- A month and day such as “04-30” in a year; 29 February falls on the 28th where there is none.
CREATE MACRO day_of_year(month_day, in_year) AS make_date(
    in_year,
    CAST(left(month_day, 2) AS BIGINT),
    least(
        CAST(right(month_day, 2) AS BIGINT),
        day(last_day(make_date(in_year, CAST(left(month_day, 2) AS BIGINT), 1)))
    )
);

-- Where the evidence that counts rests on a document of which a newer one of the same series is among the sources.
CREATE VIEW evidence_with_newer_document AS
SELECT
    cells.iso3,
    cells.indicator,
    cells.as_of AS year,
    concat_ws('|', cells.iso3, cells.indicator, cells.as_of, cells.source_id) AS row_key,
    cells.source_id,
    document.published,
    newer.source_id AS newer_source_id,
    newer.title AS newer_title,
    newer.published AS newer_published
FROM obligation_cells AS cells
JOIN document_series AS document ON document.source_id = cells.source_id
JOIN document_series AS newer
    ON newer.series = document.series
    -- newer for certain: two dates known to the same year only are not told apart
    AND first_day_of(newer.published) > last_day_of(document.published)
WHERE cells.rank = 1
QUALIFY row_number() OVER (
    PARTITION BY cells.iso3, cells.indicator ORDER BY last_day_of(newer.published) DESC, newer.source_id
) = 1;

-- Where nothing is known: indicators, years of casualties beside a year with a figure or a name, questions.
CREATE VIEW gaps AS
WITH twelve AS (SELECT iso3 FROM state_groups WHERE state_group = 'twelve'),
known AS (
    SELECT iso3, year
    FROM casualty_shown
    WHERE weapon = 'cluster_munition' AND publisher_kind = 'monitor'
    UNION
    SELECT iso3, year FROM casualty_names
),
beside AS (
    SELECT iso3, year - 1 AS year FROM known
    UNION
    SELECT iso3, year + 1 FROM known
)
SELECT 'indicator' AS kind, iso3, indicator AS item
FROM obligation_pairs
WHERE status = 'no_information'
UNION ALL
SELECT 'casualties', beside.iso3, CAST(beside.year AS VARCHAR)
FROM beside
JOIN twelve USING (iso3)
ANTI JOIN known ON known.iso3 = beside.iso3 AND known.year = beside.year
-- the year after the newest of all belongs to an edition to come
WHERE beside.year <= (SELECT max(year) FROM known)
UNION ALL
SELECT 'question', twelve.iso3, questions.question
FROM twelve
CROSS JOIN questions
ANTI JOIN responses ON responses.iso3 = twelve.iso3 AND responses.question = questions.question;

-- Publications in use with the newer edition that is known of, and the yearly reports of the Monitor.
CREATE MACRO editions_on(day) AS TABLE
WITH yearly AS (
    SELECT series, edition, title, published, last_day_of(published) AS published_by
    FROM editions
    WHERE series IN ('cmm', 'lm') AND year IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY series ORDER BY year DESC, edition) = 1
),
resting AS (
    SELECT edition, count(*) AS rows
    FROM (SELECT edition FROM casualties UNION ALL SELECT edition FROM casualty_names)
    GROUP BY edition
),
used AS (SELECT source_id, count(*) AS rows FROM cited WHERE table_name <> 'newer_editions' GROUP BY source_id)
SELECT
    coalesce(newer.status, if(datesub('month', yearly.published_by, day) >= 12, 'due', 'current')) AS kind,
    yearly.series,
    yearly.title AS in_use,
    yearly.published,
    datesub('month', yearly.published_by, day) AS months,
    coalesce(resting.rows, 0) AS rows,
    newer.newer,
    newer.published AS newer_published,
    NULL AS in_use_source_id,
    newer.source_id,
    newer.locator,
    newer.grade,
    newer.lead,
    newer.note,
    if(newer.newer IS NULL, 'editions', 'newer_editions') AS table_name,
    coalesce(newer.newer, yearly.edition) AS row_key
FROM yearly
LEFT JOIN resting USING (edition)
LEFT JOIN newer_editions AS newer ON newer.series = yearly.series
UNION ALL
SELECT
    newer.status, NULL, sources.title, sources.published,
    datesub('month', last_day_of(sources.published), day),
    coalesce(used.rows, 0), newer.newer, newer.published,
    sources.id, newer.source_id, newer.locator, newer.grade, newer.lead, newer.note, 'newer_editions', newer.newer
FROM newer_editions AS newer
JOIN sources ON sources.id = newer.source_in_use
LEFT JOIN used ON used.source_id = sources.id;

-- Reports, ends of plans and meetings from a day on, and those that have passed since the date of the data.
-- A report that comes every year never passes: the next one stands in its place.
CREATE MACRO dates_on(day) AS TABLE
WITH dates AS (
    SELECT
        instrument, kind, what, NULL AS iso3, article, 'yearly' AS rule,
        CAST(if(day_of_year(rule, year(day)) >= day, day_of_year(rule, year(day)), day_of_year(rule, year(day) + 1)) AS VARCHAR) AS date,
        source_id, locator, grade, note, 'reporting_dates' AS table_name, concat_ws('|', instrument, what) AS row_key
    FROM reporting_dates
    WHERE regexp_full_match(rule, '\d{2}-\d{2}')
    UNION ALL
    SELECT instrument, kind, what, NULL, article, 'once', rule, source_id, locator, grade, note, 'reporting_dates', concat_ws('|', instrument, what)
    FROM reporting_dates
    WHERE NOT regexp_full_match(rule, '\d{2}-\d{2}')
    UNION ALL
    SELECT
        'CRPD', 'initial_report', NULL, reports.iso3, '35', 'once', initial_report_due,
        reports.source_id, locator, due_grade, note, 'crpd_reports', reports.iso3
    FROM crpd_reports AS reports
    JOIN standing_on(treaties_as_of()) AS standing ON standing.iso3 = reports.iso3 AND standing.instrument = 'CRPD'
    -- a date printed from before the State joined is no deadline; observations show that a report was there
    WHERE last_day_of(initial_report_due) >= first_day_of(standing.since)
      AND initial_report_submitted IS NULL AND last_concluding_observations IS NULL
    UNION ALL
    SELECT 'CCM', 'initial_report', NULL, iso3, '7', 'once', date, source_id, locator, grade, note, 'article7_context', concat_ws('|', iso3, fact)
    FROM article7_context
    WHERE fact = 'initial report due'
    UNION ALL
    SELECT
        instrument, 'meeting', meeting, NULL, NULL, 'once', coalesce("end", start),
        source_id, locator, grade, note, 'meetings', concat_ws('|', instrument, meeting)
    FROM meetings
    WHERE last_day_of(coalesce("end", start)) > data_as_of()
)
SELECT
    instrument, kind, what, iso3, article, rule, date,
    datediff('day', day, last_day_of(date)) AS days,
    if(days >= 0, 'coming', 'passed') AS stands,
    source_id, locator, grade, note, table_name, row_key
FROM dates;
