-- question: How many casualties of attacks with cluster munitions were recorded worldwide in each year?
-- pages: new-use
-- column year: Year
-- column count: Persons killed or injured in attacks
-- column count_type: recorded, minimum (“at least”) or estimate
-- column total: Persons killed or injured by cluster munitions in all, latest edition
-- column total_edition: Edition of the total
-- column revised: Whether the total shown is of a later edition whose part for attacks was not found
-- column edition: Edition of the casualties of attacks
-- column other_values: What other editions or sources print for the casualties of attacks
-- column source_id: Source
SELECT
    attack.year, attack.count, attack.count_type,
    total.count AS total,
    total.edition AS total_edition,
    total.edition <> attack.edition AND NOT EXISTS (
        -- a part of an older edition still holds where attacks and remnants add up to the total
        FROM casualty_cells AS remnant
        WHERE remnant.iso3 = 'WLD' AND remnant.publisher_kind = 'monitor' AND remnant.weapon = 'cluster_munition'
          AND remnant.cause = 'remnant' AND remnant.year = attack.year AND remnant.edition = attack.edition
          AND remnant.count + attack.count = total.count
    ) AS revised,
    attack.edition, attack.other_values, attack.source_id
FROM casualty_shown AS attack
LEFT JOIN casualty_shown AS total
    ON total.iso3 = 'WLD' AND total.publisher_kind = 'monitor' AND total.weapon = 'cluster_munition'
    AND total.cause = 'all' AND total.year = attack.year
WHERE attack.iso3 = 'WLD' AND attack.publisher_kind = 'monitor' AND attack.weapon = 'cluster_munition'
  AND attack.cause = 'attack'
ORDER BY attack.year;
