-- question: When was the newest of each kind of evidence found for each of the twelve States?
-- pages: freshness
-- column iso3: State of the work plan's list
-- column region: Region
-- column finding: Newest year of a finding on an Article 5 indicator
-- column finding_source_id: Its source
-- column casualties: Newest year with a cluster munition casualty figure of the Monitor
-- column casualties_source_id: Its source
-- column named: Newest year for which the Monitor names casualties, with a number or without
-- column named_source_id: Its source
-- column article7: Newest year of a report under Article 7 that was found
-- column article7_source_id: Its source
-- column survivors: Newest year or month of a count or estimate of survivors
-- column survivors_source_id: Its source
-- column crpd: Date of the newest concluding observations on its reports under the CRPD, as known
-- column crpd_source_id: Its source
WITH twelve AS (
    SELECT iso3, region FROM state_groups JOIN states USING (iso3) WHERE state_group = 'twelve'
),
finding AS (
    SELECT iso3, max(as_of) AS at, arg_max(source_id, concat(as_of, source_id)) AS source_id
    FROM obligation_cells
    WHERE as_of IS NOT NULL
    GROUP BY iso3
),
figures AS (
    SELECT iso3, year, source_id
    FROM casualty_shown
    WHERE weapon = 'cluster_munition' AND publisher_kind = 'monitor'
),
casualties AS (
    SELECT iso3, max(year) AS at, arg_max(source_id, concat(year, source_id)) AS source_id
    FROM figures
    GROUP BY iso3
),
named AS (
    SELECT iso3, max(year) AS at, arg_max(source_id, concat(year, source_id)) AS source_id
    FROM (SELECT * FROM figures UNION ALL SELECT iso3, year, source_id FROM casualty_names)
    GROUP BY iso3
),
article7 AS (
    SELECT iso3, max(reporting_year) AS at, arg_max(source_id, concat(reporting_year, source_id)) AS source_id
    FROM article7_reports
    WHERE found <> 'no'
    GROUP BY iso3
),
survivors AS (
    SELECT
        iso3,
        arg_max(CAST(as_of AS VARCHAR), concat(last_day_of(CAST(as_of AS VARCHAR)), source_id)) AS at,
        arg_max(source_id, concat(last_day_of(CAST(as_of AS VARCHAR)), source_id)) AS source_id
    FROM survivors
    WHERE as_of IS NOT NULL
    GROUP BY iso3
)
SELECT
    twelve.iso3,
    twelve.region,
    finding.at AS finding, finding.source_id AS finding_source_id,
    casualties.at AS casualties, casualties.source_id AS casualties_source_id,
    named.at AS named, named.source_id AS named_source_id,
    article7.at AS article7, article7.source_id AS article7_source_id,
    survivors.at AS survivors, survivors.source_id AS survivors_source_id,
    crpd.last_concluding_observations AS crpd,
    CASE WHEN crpd.last_concluding_observations IS NOT NULL THEN crpd.source_id END AS crpd_source_id
FROM twelve
LEFT JOIN finding USING (iso3)
LEFT JOIN casualties USING (iso3)
LEFT JOIN named USING (iso3)
LEFT JOIN article7 USING (iso3)
LEFT JOIN survivors USING (iso3)
LEFT JOIN crpd_reports AS crpd USING (iso3)
ORDER BY twelve.iso3;
