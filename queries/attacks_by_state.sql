-- question: In which States and years were casualties of attacks with cluster munitions recorded, with and without a number?
-- pages: new-use
-- column iso3: State or area
-- column year: Year
-- column known: count (a number of the Monitor for casualties of attacks) or named (the State is named, no number for attacks found)
-- column count: Persons killed or injured in attacks; empty where the State is only named
-- column count_type: recorded, minimum (“at least”) or estimate
-- column edition: Edition of the number or of the list that names the State
-- column other_values: What other editions or sources print for the number
-- column source_id: Source
WITH counted AS (
    SELECT iso3, year, 'count' AS known, count, count_type, edition, other_values, source_id
    FROM casualty_shown
    WHERE iso3 <> 'WLD' AND weapon = 'cluster_munition' AND cause = 'attack' AND publisher_kind = 'monitor'
),
-- three places name States with casualties of attacks: lists for attacks alone, remarks on lists
-- for all causes (“… attacks in Myanmar, …”), and findings on an edition
listed AS (
    SELECT iso3, year, edition, source_id FROM casualty_names WHERE cause = 'attack'
    UNION ALL
    SELECT names.iso3, names.year, names.edition, names.source_id
    FROM casualty_names AS names
    JOIN states USING (iso3)
    WHERE names.cause = 'all'
      AND contains(split_part(split_part(names.note, 'attacks in ', 2), ';', 1), states.name_en)
    UNION ALL
    SELECT states.iso3, CAST(right(findings.fact, 4) AS BIGINT), 'CMM ' || right(findings.topic, 4), findings.source_id
    FROM recent_findings AS findings
    JOIN states ON list_contains(string_split(findings.value, '; '), states.name_en)
    WHERE regexp_full_match(findings.fact, 'States with attack casualties in \d{4}')
      AND regexp_full_match(findings.topic, 'cmm_\d{4}')
),
named AS (
    SELECT
        listed.iso3, listed.year, 'named' AS known,
        arg_max(edition, concat(editions.year, ' ', edition)) AS edition,
        arg_min(source_id, preference) AS source_id
    FROM listed
    JOIN editions USING (edition)
    JOIN preferred_sources USING (source_id)
    WHERE NOT EXISTS (FROM counted WHERE counted.iso3 = listed.iso3 AND counted.year = listed.year)
    GROUP BY listed.iso3, listed.year
)
SELECT iso3, year, known, count, count_type, edition, other_values, source_id FROM counted
UNION ALL BY NAME
SELECT iso3, year, known, edition, source_id FROM named
ORDER BY iso3, year;
