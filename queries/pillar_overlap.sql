-- question: Which instruments and plans oblige, commit and guide on each pillar, and how many States do all obliging ones bind?
-- pages: integrated-approach
-- param as_of date = depositary: Day for which States are counted; a party counts from its deposit
-- column pillar: Pillar
-- column oblige: Instruments with an obligation, separated by spaces
-- column qualified: Of them, those whose clause is for States in a position to do so, by its summary
-- column commit: Plans with a commitment whose years are not over
-- column guide: Instruments with guidance
-- column unread: Plans that cover the pillar and whose text was not read
-- column past: Plans past their end year
-- column no_clause: Instruments without a clause in the text read
-- column bind_nobody: Goals and standards that name the pillar
-- column no_information: Instruments and plans with no row for the pillar
-- column twelve: States with Article 5 obligations named by the work plan
-- column twelve_bound: Of them, bound by every instrument of the column oblige
-- column source_ids: Sources of the clauses, separated by spaces
WITH clauses AS (
    SELECT
        rows.pillar,
        rows.instrument,
        rows.source_id,
        contains(rows.summary, 'in a position to do so') AS qualified,
        labels.position,
        coalesce(instruments.position, owners.position, 99) * 10 + (plans.plan IS NOT NULL)::INT AS place,
        CASE
            WHEN coalesce(plans.instrument, instruments.instrument) IS NULL THEN 'nobody'
            WHEN rows.nature = 'none' THEN 'none'
            WHEN coalesce(plans.last_year < year(CAST($as_of AS DATE)), plans.replaced) THEN 'past'
            WHEN rows.text_seen = 'no' THEN 'unread'
            ELSE rows.nature
        END AS part
    FROM va_crosswalk AS rows
    JOIN labels ON labels.list = 'pillar' AND labels.code = rows.pillar
    LEFT JOIN plans ON plans.plan = rows.instrument
    LEFT JOIN instruments ON instruments.instrument = rows.instrument
    LEFT JOIN instruments AS owners ON owners.instrument = plans.instrument
),
pillars AS (
    SELECT
        pillar,
        position,
        string_agg(instrument, ' ' ORDER BY place, instrument) FILTER (part = 'obligation') AS oblige,
        list(instrument) FILTER (part = 'obligation') AS obliging,
        string_agg(instrument, ' ' ORDER BY place, instrument) FILTER (part = 'obligation' AND qualified) AS qualified,
        string_agg(instrument, ' ' ORDER BY place, instrument) FILTER (part = 'commitment') AS commit,
        string_agg(instrument, ' ' ORDER BY place, instrument) FILTER (part = 'guidance') AS guide,
        string_agg(instrument, ' ' ORDER BY place, instrument) FILTER (part = 'unread') AS unread,
        string_agg(instrument, ' ' ORDER BY place, instrument) FILTER (part = 'past') AS past,
        string_agg(instrument, ' ' ORDER BY place, instrument) FILTER (part = 'none') AS no_clause,
        string_agg(instrument, ' ' ORDER BY place, instrument) FILTER (part = 'nobody') AS bind_nobody,
        (
            SELECT string_agg(DISTINCT others.instrument, ' ' ORDER BY others.instrument)
            FROM va_crosswalk AS others
            WHERE NOT list_contains(list(clauses.instrument), others.instrument)
        ) AS no_information,
        string_agg(DISTINCT source_id, ' ' ORDER BY source_id) AS source_ids
    FROM clauses
    GROUP BY pillar, position
),
bound AS (
    SELECT iso3, list(instrument) FILTER (status = 'state_party') AS parties
    FROM standing_on($as_of)
    WHERE iso3 IN (SELECT iso3 FROM state_groups WHERE state_group = 'twelve')
    GROUP BY iso3
)
SELECT
    pillar, oblige, qualified, commit, guide, unread, past, no_clause, bind_nobody, no_information,
    (SELECT count(*) FROM bound) AS twelve,
    (
        SELECT count(*)
        FROM bound
        WHERE len(obliging) > 0 AND list_has_all(coalesce(parties, []), obliging)
    ) AS twelve_bound,
    source_ids
FROM pillars
ORDER BY position;
