-- question: How many States of a group are bound by several instruments at once on a date?
-- pages: comparisons
-- param as_of date = depositary: Day for which States are counted; a party counts from its deposit
-- param state_group text = twelve in twelve|all|africa|americas|asia|europe|oceania: The States with Article 5 obligations named by the work plan, all States, or one region
-- column states: States of the group
-- column instruments: Instruments compared
-- column by_all: States bound by every one of them
-- column ccm_and_crpd: States bound by both the Convention on Cluster Munitions and the CRPD
-- column by_none: States bound by none of them
WITH bound AS (
    SELECT iso3, list(instrument) FILTER (status = 'state_party') AS parties
    FROM standing_on($as_of)
    WHERE iso3 IN (SELECT iso3 FROM state_groups WHERE state_group = $state_group)
    GROUP BY iso3
)
SELECT
    count(*) AS states,
    (SELECT count(*) FROM instruments) AS instruments,
    count(*) FILTER (len(parties) = (SELECT count(*) FROM instruments)) AS by_all,
    count(*) FILTER (list_has_all(parties, ['CCM', 'CRPD'])) AS ccm_and_crpd,
    count(*) FILTER (coalesce(len(parties), 0) = 0) AS by_none
FROM bound;
