-- question: In which years can the world total be split into attacks and remnants?
-- pages: comparisons, new-victims, search
-- param weapon text = cluster_munition in cluster_munition|mine_erw: Weapon
-- column year: Year
-- column total: Persons killed or injured
-- column count_type: recorded, minimum (“at least”) or estimate
-- column attack: Casualties of attacks; empty where the rule allows no split
-- column remnant: Casualties of remnants; empty where the rule allows no split
-- column basis: same_edition, adds_up, or empty
-- column edition: Edition of the total
-- column split_edition: Edition of the split; empty where there is none
-- column source_id: Source of the total
-- column split_source_id: Source of the casualties of remnants
-- column other_values: What other editions or sources print for the total
WITH cells AS (
    SELECT * FROM casualty_cells
    WHERE iso3 = 'WLD' AND publisher_kind = 'monitor' AND weapon = $weapon
),
total AS (
    SELECT * FROM casualty_shown
    WHERE iso3 = 'WLD' AND publisher_kind = 'monitor' AND weapon = $weapon AND cause = 'all'
),
pairs AS (
    SELECT
        total.year,
        attack.count AS attack,
        remnant.count AS remnant,
        attack.edition AS split_edition,
        remnant.source_id AS split_source_id,
        CASE
            WHEN attack.count + remnant.count = total.count AND attack.edition = total.edition THEN 'same_edition'
            WHEN attack.count + remnant.count = total.count THEN 'adds_up'
        END AS basis,
        row_number() OVER (PARTITION BY total.year ORDER BY attack.edition = total.edition DESC, attack.rank, remnant.rank) AS rank
    FROM total
    JOIN cells AS attack ON attack.year = total.year AND attack.cause = 'attack'
    JOIN cells AS remnant
        ON remnant.year = total.year AND remnant.cause = 'remnant' AND remnant.edition = attack.edition
    -- a split of another sum than the total shown belongs to another total
    WHERE attack.count + remnant.count = total.count
)
SELECT
    total.year, total.count AS total, total.count_type, pairs.attack, pairs.remnant, pairs.basis,
    total.edition, pairs.split_edition, total.source_id, pairs.split_source_id, total.other_values
FROM total
LEFT JOIN pairs ON pairs.year = total.year AND pairs.rank = 1
ORDER BY total.year;
