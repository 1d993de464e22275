-- question: What is known of the casualties of each State in each year, and what may be shown as split?
-- pages: new-victims, states
-- param weapon text = cluster_munition in cluster_munition|mine_erw: Weapon; the two series overlap and are never added
-- param cause text = all in all|attack|remnant: all for everything published, or one cause only
-- param year_from integer = 1960: First year
-- param year_to integer = 2100: Last year
-- param publisher text = monitor in monitor|any: monitor, or any, which adds other publishers' rows beside the Monitor's
-- column iso3: State or area
-- column region: Region of a State; empty for an area
-- column twelve: Whether the work plan names the State among the twelve
-- column year: Year
-- column publisher_kind: Whose figure it is
-- column total: Persons killed or injured; empty where no total is known
-- column count_type: recorded, minimum (“at least”) or estimate, of the total or of the only part known
-- column attack: Casualties of attacks; empty where unknown
-- column remnant: Casualties of remnants; empty where unknown
-- column basis: adds_up (attacks and remnants make the total), one_cause (one cause makes it), not_split, part (no total known), asked (only this cause was asked for), named (no number)
-- column edition: Edition of the total or of the part
-- column other_values: What other editions or sources print for the total or the part
-- column source_id: Source of the total, the part or the name
-- column attack_source_id: Source of the casualties of attacks
-- column remnant_source_id: Source of the casualties of remnants
WITH shown AS (
    SELECT *
    FROM casualty_shown
    WHERE iso3 <> 'WLD'
      AND weapon = $weapon
      AND ($cause = 'all' OR cause = $cause)
      AND year BETWEEN $year_from AND $year_to
      AND ($publisher = 'any' OR publisher_kind = 'monitor')
),
keys AS (SELECT DISTINCT iso3, year, publisher_kind FROM shown),
figures AS (
    SELECT
        keys.iso3, keys.year, keys.publisher_kind,
        whole.count AS total,
        coalesce(whole.count_type, remnant.count_type, attack.count_type) AS count_type,
        attack.count AS attack,
        remnant.count AS remnant,
        CASE
            WHEN $cause <> 'all' THEN 'asked'
            WHEN whole.count IS NULL THEN 'part'
            WHEN attack.count + remnant.count = whole.count THEN 'adds_up'
            WHEN coalesce(attack.count, remnant.count) = whole.count
                AND (attack.count IS NULL OR remnant.count IS NULL) THEN 'one_cause'
            ELSE 'not_split'
        END AS basis,
        coalesce(whole.edition, remnant.edition, attack.edition) AS edition,
        CASE
            WHEN whole.count IS NOT NULL THEN whole.other_values
            ELSE nullif(concat_ws(' | ', remnant.other_values, attack.other_values), '')
        END AS other_values,
        coalesce(whole.source_id, remnant.source_id, attack.source_id) AS source_id,
        attack.source_id AS attack_source_id,
        remnant.source_id AS remnant_source_id
    FROM keys
    LEFT JOIN shown AS whole
        ON (whole.iso3, whole.year, whole.publisher_kind) = (keys.iso3, keys.year, keys.publisher_kind)
        AND whole.cause = 'all'
    LEFT JOIN shown AS attack
        ON (attack.iso3, attack.year, attack.publisher_kind) = (keys.iso3, keys.year, keys.publisher_kind)
        AND attack.cause = 'attack'
    LEFT JOIN shown AS remnant
        ON (remnant.iso3, remnant.year, remnant.publisher_kind) = (keys.iso3, keys.year, keys.publisher_kind)
        AND remnant.cause = 'remnant'
),
names AS (
    -- named for a year of which no number of the Monitor is shown here
    SELECT
        names.iso3, names.year,
        arg_max(names.edition, concat(editions.year, ' ', names.edition)) AS edition,
        arg_max(names.source_id, concat(editions.year, ' ', names.source_id)) AS source_id
    FROM casualty_names AS names
    JOIN editions USING (edition)
    WHERE $weapon = 'cluster_munition'
      AND ($cause = 'all' OR names.cause = $cause)
      AND names.year BETWEEN $year_from AND $year_to
      AND NOT EXISTS (
          FROM shown
          WHERE shown.iso3 = names.iso3 AND shown.year = names.year AND shown.publisher_kind = 'monitor'
      )
    GROUP BY names.iso3, names.year
),
lines AS (
    SELECT * FROM figures
    UNION ALL BY NAME
    SELECT iso3, year, 'monitor' AS publisher_kind, 'named' AS basis, edition, source_id FROM names
)
SELECT
    lines.iso3,
    states.region,
    EXISTS (
        FROM obligation_lists AS lists
        WHERE lists.iso3 = lines.iso3 AND lists.list = 'work_plan_2024'
    ) AS twelve,
    year, publisher_kind, total, count_type, attack, remnant, basis, edition, other_values,
    lines.source_id, attack_source_id, remnant_source_id
FROM lines
LEFT JOIN states USING (iso3)
ORDER BY lines.iso3, year, publisher_kind <> 'monitor', publisher_kind;
