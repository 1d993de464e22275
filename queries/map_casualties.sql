-- question: What did the Monitor publish on cluster munition casualties in each State in one year?
-- pages: affected-states
-- param year integer = 2024: Year of the casualties
-- column iso3: State or area; without a row nothing was found, which is not zero
-- column place: state or area
-- column mark: total (a figure for all causes), zero (a published zero), part (attacks or remnants only), named (without a number)
-- column count: Persons killed or injured, all causes; empty where only a part or a name is known
-- column count_type: recorded, minimum (“at least”) or estimate
-- column attack: Casualties of attacks, only where no figure for all causes was found
-- column attack_type: recorded, minimum or estimate
-- column remnant: Casualties of remnants, only where no figure for all causes was found
-- column remnant_type: recorded, minimum or estimate
-- column named: Whether an edition names the State for the year
-- column edition: Edition that prints the value, or that names the State
-- column source_id: Source in which it was read
-- column part_source_id: Source of the casualties of remnants where attacks come from another
-- column other_values: What other editions or sources print for the same cell
WITH shown AS (
    SELECT * FROM casualty_shown
    WHERE weapon = 'cluster_munition' AND publisher_kind = 'monitor' AND year = $year AND iso3 <> 'WLD'
),
cells AS (
    SELECT
        iso3,
        any_value(count) FILTER (cause = 'all') AS count,
        any_value(count_type) FILTER (cause = 'all') AS count_type,
        any_value(edition) FILTER (cause = 'all') AS edition,
        any_value(source_id) FILTER (cause = 'all') AS source_id,
        any_value(other_values) FILTER (cause = 'all') AS other_values,
        any_value(count) FILTER (cause = 'attack') AS attack,
        any_value(count_type) FILTER (cause = 'attack') AS attack_type,
        any_value(edition) FILTER (cause = 'attack') AS attack_edition,
        any_value(source_id) FILTER (cause = 'attack') AS attack_source,
        any_value(other_values) FILTER (cause = 'attack') AS attack_others,
        any_value(count) FILTER (cause = 'remnant') AS remnant,
        any_value(count_type) FILTER (cause = 'remnant') AS remnant_type,
        any_value(edition) FILTER (cause = 'remnant') AS remnant_edition,
        any_value(source_id) FILTER (cause = 'remnant') AS remnant_source,
        any_value(other_values) FILTER (cause = 'remnant') AS remnant_others
    FROM shown
    GROUP BY iso3
),
names AS (
    SELECT iso3, max(edition) AS edition, arg_min(source_id, row(grade, preference)) AS source_id
    FROM casualty_names
    JOIN preferred_sources USING (source_id)
    WHERE year = $year
    GROUP BY iso3
)
SELECT
    iso3,
    CASE WHEN iso3 IN (SELECT iso3 FROM states) THEN 'state' ELSE 'area' END AS place,
    CASE
        WHEN cells.count = 0 AND cells.count_type = 'recorded' THEN 'zero'
        WHEN cells.count IS NOT NULL THEN 'total'
        WHEN attack IS NOT NULL OR remnant IS NOT NULL THEN 'part'
        ELSE 'named'
    END AS mark,
    cells.count,
    cells.count_type,
    -- a figure for all causes is not split here: the parts may come from another edition
    CASE WHEN cells.count IS NULL THEN attack END AS attack,
    CASE WHEN cells.count IS NULL THEN attack_type END AS attack_type,
    CASE WHEN cells.count IS NULL THEN remnant END AS remnant,
    CASE WHEN cells.count IS NULL THEN remnant_type END AS remnant_type,
    names.iso3 IS NOT NULL AS named,
    coalesce(cells.edition, attack_edition, remnant_edition, names.edition) AS edition,
    coalesce(cells.source_id, attack_source, remnant_source, names.source_id) AS source_id,
    CASE WHEN cells.count IS NULL AND attack_source <> remnant_source THEN remnant_source END AS part_source_id,
    CASE
        WHEN cells.count IS NULL THEN nullif(concat_ws(' | ', attack_others, remnant_others), '')
        ELSE other_values
    END AS other_values
FROM cells
FULL JOIN names USING (iso3)
ORDER BY iso3;
