-- question: What does each instrument or plan ask for on each pillar, and does it bind a State on a date?
-- pages: integrated-approach
-- param iso3 states.iso3 = LAO: State
-- param as_of date = depositary: Day for which the standing is given; a party counts from its deposit
-- column pillar: Pillar
-- column instrument: Instrument or plan
-- column convention: Instrument whose States Parties it binds; empty for goals and standards, which bind nobody
-- column bond: obligation, commitment or guidance where the State is bound; unread where it is bound and the text was not read; past where the plan is past its end year; not_party; none where the text read has no clause; nobody for goals and standards
-- column article: Article, action or section
-- column nature: obligation, commitment, guidance; none means no clause in the text read
-- column qualified: Whether the clause is for States in a position to do so, by its summary
-- column summary: Own summary
-- column text_seen: Whether the article itself was read
-- column status: Standing of the State under the convention
-- column since: Date of the act that gives the standing, as known
-- column first_year: First year of a plan
-- column last_year: Last year of a plan; empty where none is recorded
-- column source_id: Source of the clause
-- column standing_source_id: Source of the standing
SELECT
    clauses.pillar,
    clauses.instrument,
    coalesce(plans.instrument, instruments.instrument) AS convention,
    CASE
        WHEN convention IS NULL THEN 'nobody'
        WHEN clauses.nature = 'none' THEN 'none'
        WHEN standings.status <> 'state_party' THEN 'not_party'
        WHEN coalesce(plans.last_year < year(CAST($as_of AS DATE)), plans.replaced) THEN 'past'
        WHEN clauses.text_seen = 'no' THEN 'unread'
        ELSE clauses.nature
    END AS bond,
    clauses.article,
    clauses.nature,
    contains(clauses.summary, 'in a position to do so') AS qualified,
    clauses.summary,
    clauses.text_seen,
    standings.status,
    standings.since,
    plans.first_year,
    plans.last_year,
    clauses.source_id,
    standings.source_id AS standing_source_id
FROM va_crosswalk AS clauses
JOIN labels ON labels.list = 'pillar' AND labels.code = clauses.pillar
LEFT JOIN plans ON plans.plan = clauses.instrument
LEFT JOIN instruments ON instruments.instrument = clauses.instrument
LEFT JOIN standing_on($as_of) AS standings
    ON standings.instrument = coalesce(plans.instrument, instruments.instrument) AND standings.iso3 = $iso3
ORDER BY labels.position, clauses.instrument;
