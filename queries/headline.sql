-- question: Where do we stand, in a few figures?
-- pages: overview
-- column headline: state_parties, article5_states, casualties, remnants, all_time, named, evidence
-- column value: The figure
-- column of: What it is out of, where it is a part
-- column count_type: recorded, minimum (“at least”) or estimate; empty where it is no count of persons
-- column period: Year, date or period the figure speaks for
-- column edition: Edition or list
-- column series: cmm or lm for a yearly report of the Monitor, other for else; empty where it is no edition
-- column edition_title: Title of the edition; empty where it is none
-- column source_id: Source, of several that print the figure the preferred one; empty where the figure rests on many rows
WITH latest AS (
    SELECT * FROM casualty_shown
    WHERE iso3 = 'WLD' AND publisher_kind = 'monitor' AND weapon = 'cluster_munition' AND cause = 'all'
    QUALIFY row_number() OVER (ORDER BY year DESC) = 1
),
-- a part of the latest total only where attacks and remnants of one edition add up to it
remnants AS (
    SELECT remnant.*, latest.count AS total
    FROM latest
    JOIN casualty_cells AS remnant
        ON remnant.iso3 = 'WLD' AND remnant.publisher_kind = 'monitor' AND remnant.weapon = 'cluster_munition'
       AND remnant.year = latest.year AND remnant.cause = 'remnant' AND remnant.edition = latest.edition
    JOIN casualty_cells AS attack
        ON attack.iso3 = 'WLD' AND attack.publisher_kind = 'monitor' AND attack.weapon = 'cluster_munition'
       AND attack.year = latest.year AND attack.cause = 'attack' AND attack.edition = latest.edition
    WHERE remnant.count + attack.count = latest.count
    QUALIFY row_number() OVER (ORDER BY remnant.rank, attack.rank) = 1
),
all_time AS (
    SELECT totals.*
    FROM casualty_totals AS totals
    JOIN editions USING (edition)
    JOIN preferred_sources USING (source_id)
    WHERE iso3 = 'WLD' AND measure = 'all-time casualties' AND count_type <> 'estimate'
    QUALIFY row_number() OVER (ORDER BY editions.year DESC, totals.period_end DESC, totals.grade, preference) = 1
),
named AS (
    SELECT names.*
    FROM casualty_names AS names
    JOIN latest ON latest.year = names.year AND latest.edition = names.edition
),
status_list AS (
    SELECT mode(source_id) AS source_id
    FROM standing_on(treaties_as_of())
    WHERE instrument = 'CCM' AND status = 'state_party'
),
figures AS (
    SELECT 'state_parties' AS headline, count(*) AS value, NULL AS of, NULL AS count_type,
        CAST(treaties_as_of() AS VARCHAR) AS period, NULL AS edition, (SELECT source_id FROM status_list) AS source_id
    FROM standing_on(treaties_as_of()) WHERE instrument = 'CCM' AND status = 'state_party'
    UNION ALL
    SELECT 'article5_states', count(*), NULL, NULL, any_value(listed), 'work_plan_2024', any_value(source_id)
    FROM obligation_lists WHERE list = 'work_plan_2024'
    UNION ALL
    SELECT 'casualties', count, NULL, count_type, CAST(year AS VARCHAR), edition, source_id FROM latest
    UNION ALL
    SELECT 'remnants', count, total, count_type, CAST(year AS VARCHAR), edition, source_id FROM remnants
    UNION ALL
    SELECT 'all_time', count, NULL, count_type, period_end, edition, source_id FROM all_time
    UNION ALL
    SELECT 'named', count(DISTINCT iso3), NULL, NULL, CAST(any_value(year) AS VARCHAR), any_value(edition), arg_min(source_id, row(grade, preference))
    FROM named JOIN preferred_sources USING (source_id) HAVING count(*) > 0
    UNION ALL
    SELECT 'evidence',
        (SELECT count(*) FROM obligation_cells JOIN obligation_lists AS lists
            ON lists.iso3 = obligation_cells.iso3 AND lists.list = 'work_plan_2024' WHERE rank = 1),
        (SELECT count(*) FROM obligation_lists WHERE list = 'work_plan_2024') * (SELECT count(*) FROM indicators),
        NULL, concat((SELECT min(as_of) FROM obligation_cells WHERE rank = 1), '–', (SELECT max(as_of) FROM obligation_cells WHERE rank = 1)),
        NULL, NULL
)
SELECT
    headline, value, "of", count_type, period, figures.edition, editions.series, editions.title AS edition_title, source_id
FROM figures
LEFT JOIN editions USING (edition)
ORDER BY list_position(['state_parties', 'article5_states', 'casualties', 'remnants', 'all_time', 'named', 'evidence'], headline);
