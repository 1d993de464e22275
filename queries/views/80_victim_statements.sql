-- Statements on new victims in the four States of guiding question (g), with their kind.
-- A single event is an incident whatever its text: it is never summed into a year.
CREATE VIEW victim_statements AS
SELECT
    new_victims.*,
    CASE
        WHEN edition = 'incident' THEN 'incident'
        WHEN measure = 'new casualties recorded' AND value = 'yes' THEN 'named'
        WHEN measure = 'new casualties recorded' THEN 'not_named'
        WHEN measure LIKE 'number of new casualties against%' THEN 'trend'
        WHEN regexp_matches(measure, '^(groups most at risk|cause named)') THEN 'statement'
        ELSE 'figure'
    END AS kind,
    CASE cause WHEN 'explosive_ordnance_any' THEN 'not_split' ELSE 'cluster_munition' END AS series
FROM new_victims
-- the States that the question names; other rows of the table are context
WHERE iso3 IN ('IRQ', 'LAO', 'LBN', 'MRT');
