-- question: What can be found on this site, and on which page does it stand?
-- pages: search
-- param kind text = all: One kind of entry only
-- column kind: state, term, question, resource, indicator, action, instrument, pillar, practice, partner, meeting or source
-- column code: Code that finds this entry before all others; empty where there is none
-- column title: What the entry is called
-- column text: What else is said of it, shown under the title
-- column aliases: Other words that find it; they are never shown
-- column address: Page that shows it, as a link of this site
-- column source_id: Source
--
-- Answers of States are not here: only the query responses_published may read them.
WITH aliases (iso3, words) AS (
    -- former and everyday names that the tables of languages do not have; they find, they are not shown
    VALUES
        ('CIV', 'Ivory Coast'), ('COD', 'DRC DR Congo RDC Zaire'), ('COG', 'Congo Republic'), ('CPV', 'Cape Verde'),
        ('CZE', 'Czech Republic'), ('GBR', 'UK Great Britain'), ('KOR', 'ROK'), ('LAO', 'Lao PDR'), ('MMR', 'Burma'),
        ('NLD', 'Holland'), ('PRK', 'DPRK'), ('SWZ', 'Swaziland'), ('SYR', 'Syria'), ('TLS', 'East Timor'),
        ('TUR', 'Turkey'), ('USA', 'US'), ('VAT', 'Vatican')
),
entries AS (
    SELECT
        'state' AS kind,
        iso3 AS code,
        name_en AS title,
        concat_ws(
            ' · ',
            CASE WHEN name_fr <> name_en THEN name_fr END,
            CASE WHEN name_es NOT IN (name_en, name_fr) THEN name_es END,
            subregions.en
        ) AS text,
        words AS aliases,
        'states?state=' || iso3 AS address,
        source_id
    FROM states
    LEFT JOIN aliases USING (iso3)
    LEFT JOIN labels AS subregions ON subregions.list = 'subregion' AND subregions.code = states.subregion

    UNION ALL
    SELECT
        'question', question, '(' || question || ') ' || labels.en, data_indicators,
        concat_ws(' ', 'question', labels.fr, labels.es), 'questions?question=' || question, source_id
    FROM questions
    JOIN labels ON list = 'question' AND code = question

    UNION ALL
    SELECT
        'term', abbreviation, term_en || coalesce(' (' || abbreviation || ')', ''),
        concat_ws(' · ', definition, term_fr, term_es), NULL,
        'resources?view=glossary&term=' || url_encode(term_en), source_id
    FROM glossary

    UNION ALL
    SELECT
        'indicator', indicator, labels.en, NULL, replace(indicator, '_', ' '), 'obligations?indicator=' || indicator, source_id
    FROM indicators
    JOIN labels ON list = 'indicator' AND code = indicator

    UNION ALL
    SELECT
        'action', CAST(action AS VARCHAR), action || ' · ' || labels.en, summary, 'action Lausanne Action Plan',
        'obligations?action=' || action, source_id
    FROM actions
    JOIN labels ON list = 'action' AND code = CAST(action AS VARCHAR)

    UNION ALL
    SELECT
        'instrument', names.code, names.en,
        nullif(concat_ws(' · ', nullif(short.en, names.en), any_value(facts.value), names.fr, names.es), ''), replace(names.code, '_', ' '),
        CASE
            WHEN names.code IN (SELECT instrument FROM va_crosswalk) THEN 'comparisons?view=asks&instrument=' || names.code
            ELSE 'comparisons?view=bound'
        END,
        any_value(instruments.source_id)
    FROM labels AS names
    LEFT JOIN labels AS short ON short.list = 'instrument_short' AND short.code = names.code
    LEFT JOIN instruments ON instruments.instrument = names.code
    LEFT JOIN instrument_facts AS facts ON facts.instrument = names.code AND facts.field = 'title_en' AND facts.value <> names.en
    WHERE names.list = 'instrument'
    GROUP BY names.code, names.en, names.fr, names.es, short.en

    UNION ALL
    SELECT
        'pillar', NULL, en, NULL, concat_ws(' ', 'pillar', fr, es), 'integrated-approach?view=pillar&pillar=' || code, NULL
    FROM labels
    WHERE list = 'pillar'

    UNION ALL
    SELECT
        'practice', NULL, name_en || ': ' || lower(left(labels.en, 1)) || substr(labels.en, 2), description,
        concat_ws(' ', iso3, 'good practice', name_fr, name_es, words),
        'resources?view=practices&state=' || iso3 || '&question=' || question, good_practices.source_id
    FROM good_practices
    JOIN states USING (iso3)
    JOIN labels ON list = 'question' AND code = question
    LEFT JOIN aliases USING (iso3)

    UNION ALL
    SELECT
        'resource', id, title, concat_ws(' · ', publisher, CAST(year AS VARCHAR)), type,
        -- narrowed until it stands on the first page of the list
        'resources?view=resources&question=' || coalesce(split_part(questions, ';', 1), 'all') || '&year=' || coalesce(CAST(year AS VARCHAR), 'undated'),
        source_id
    FROM resources

    UNION ALL
    SELECT 'partner', id, name, concat_ws(' · ', role_in_seed, who_today), 'partner people', 'resources?view=people', source_id
    FROM stakeholders

    UNION ALL
    SELECT
        'meeting', NULL, meeting || ' (' || coalesce(labels.en, instrument) || ')', concat_ws(' · ', place, what),
        concat_ws(
            ' ', start, president,
            CASE WHEN meeting LIKE '%MSP' THEN 'Meeting of the States Parties' WHEN meeting LIKE '%RC%' THEN 'Review Conference' END
        ),
        CASE
            WHEN year(first_day_of(start)) || 'Q' || quarter(first_day_of(start)) >= (SELECT min(quarter_start) FROM work_plan)
                THEN 'work-plan?view=timeline'
            ELSE 'integrated-approach?view=time'
        END,
        source_id
    FROM meetings
    LEFT JOIN labels ON list = 'instrument_short' AND code = instrument

    UNION ALL
    SELECT
        'source', NULL, title, concat_ws(' · ', publisher, left(published, 4), edition), NULL,
        -- the box of that page takes eighty characters
        'sources?section=documents&words=' || url_encode(trim(left(title, 80))), id
    FROM sources
)
SELECT kind, code, title, text, aliases, address, source_id
FROM entries
WHERE $kind = 'all' OR kind = $kind
ORDER BY kind, lower(strip_accents(title)), code, address, source_id;
