-- question: What has changed since the work plan was written?
-- pages: overview
-- param since date = 2024-11-01: Acts, editions and findings from this day on
-- column date: Day or month of the change as known
-- column kind: joined, signed, left, figure
-- column iso3: State, or WLD
-- column code: Instrument of an act, weapon of a figure
-- column action: Act; empty for a figure
-- column year: Year of the figure; empty for an act
-- column count: Persons killed or injured; empty for an act
-- column count_type: recorded, minimum (“at least”) or estimate
-- column edition: Edition of the figure
-- column edition_title: Its title
-- column source_id: Source
WITH twelve AS (SELECT iso3 FROM obligation_lists WHERE list = 'work_plan_2024'),
acts AS (
    SELECT
        date,
        CASE effect WHEN 'joins' THEN 'joined' WHEN 'leaves' THEN 'left' ELSE 'signed' END AS kind,
        iso3, instrument AS code, action,
        NULL AS year, NULL AS count, NULL AS count_type, NULL AS edition, NULL AS edition_title,
        source_id
    FROM treaty_acts
    WHERE effect IS NOT NULL
      AND counts_from BETWEEN $since AND treaties_as_of()
      AND (instrument = 'CCM' OR iso3 IN (FROM twelve))
),
figures AS (
    SELECT
        editions.published AS date, 'figure' AS kind, 'WLD' AS iso3, shown.weapon AS code, NULL AS action,
        shown.year, shown.count, shown.count_type, shown.edition, editions.title AS edition_title, shown.source_id
    FROM casualty_shown AS shown
    JOIN editions USING (edition)
    WHERE shown.iso3 = 'WLD' AND shown.publisher_kind = 'monitor' AND shown.cause = 'all'
      AND first_day_of(editions.published) >= $since
      AND shown.weapon IN ('cluster_munition', 'mine_erw')
    -- an edition repeats earlier years: its news is its latest year
    QUALIFY row_number() OVER (PARTITION BY shown.edition, shown.weapon ORDER BY shown.year DESC) = 1
)
SELECT * FROM acts
UNION ALL
SELECT * FROM figures
ORDER BY date DESC, iso3, code;
