-- Plans of action: whose States Parties adopted each, and the years it is for. A plan is a
-- commitment of the States Parties of its convention. Years and day of adoption are read from the
-- facts on that convention; a plan for which no end year is recorded does not end, unless another
-- has followed it (`replaced`).
CREATE VIEW plans AS
WITH whose(plan, instrument, field) AS (
    VALUES ('LAP', 'CCM', 'current_plan'),
        ('SRAAP', 'APMBC', 'current_plan'),
        ('OAP', 'APMBC', 'previous_plan'),
        ('PV_POA', 'CCW_PV', 'current_plan')
)
SELECT
    whose.plan,
    whose.instrument,
    CAST(nullif(regexp_extract(facts.value, '(\d{4})-(\d{4})', 1), '') AS BIGINT) AS first_year,
    CAST(nullif(regexp_extract(facts.value, '(\d{4})-(\d{4})', 2), '') AS BIGINT) AS last_year,
    coalesce(nullif(regexp_extract(facts.value, '\d{4}-\d{2}-\d{2}'), ''), meetings."end") AS adopted,
    whose.field = 'previous_plan' AS replaced,
    facts.source_id,
    facts.grade,
    facts.note
FROM whose
LEFT JOIN instrument_facts AS facts ON facts.instrument = whose.instrument AND facts.field = whose.field
LEFT JOIN meetings ON meetings.instrument = whose.instrument AND meetings.what LIKE 'Plan of Action%';
