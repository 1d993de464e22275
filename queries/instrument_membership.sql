-- question: By which instruments is each State bound on a date?
-- pages: none (only the command line)
-- param as_of date = depositary: Day for which the standing is given; a party counts from its deposit
-- column iso3: State
-- column CCM: Standing and date under the Convention on Cluster Munitions, e.g. “state_party 2010-05-18”
-- column APMBC: Standing and date under the Anti-Personnel Mine Ban Convention
-- column CCW: Standing and date under the Convention on Certain Conventional Weapons
-- column CCW_PV: Standing and date under CCW Protocol V
-- column CRPD: Standing and date under the Convention on the Rights of Persons with Disabilities
-- column CRPD_OP: Standing and date under the Optional Protocol to the CRPD
WITH standings AS (
    SELECT iso3, instrument, concat_ws(' ', status, since) AS standing
    FROM standing_on($as_of)
)
SELECT
    iso3,
    max(standing) FILTER (instrument = 'CCM') AS CCM,
    max(standing) FILTER (instrument = 'APMBC') AS APMBC,
    max(standing) FILTER (instrument = 'CCW') AS CCW,
    max(standing) FILTER (instrument = 'CCW_PV') AS CCW_PV,
    max(standing) FILTER (instrument = 'CRPD') AS CRPD,
    max(standing) FILTER (instrument = 'CRPD_OP') AS CRPD_OP
FROM standings
GROUP BY iso3
ORDER BY iso3;
