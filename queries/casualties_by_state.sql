-- question: How many casualties were recorded in each State in each year?
-- pages: none (only the command line)
-- param weapon text = cluster_munition in cluster_munition|mine_erw: Weapon; the two series overlap and are never added
-- param cause text = all in all|attack|remnant: Cause
-- param year_from integer = 1960: First year
-- param year_to integer = 2100: Last year
-- param publisher text = monitor in monitor|any: monitor, or any, which adds other publishers' rows beside the Monitor's
-- column iso3: State or area; a State without a row has no figure, which is not zero
-- column year: Year
-- column count: Persons killed or injured
-- column count_type: recorded, minimum (“at least”) or estimate
-- column publisher_kind: Whose figure it is
-- column edition: Edition that prints the value
-- column source_id: Source in which it was read
-- column other_values: What other editions or sources print for the same cell
SELECT iso3, year, count, count_type, publisher_kind, edition, source_id, other_values
FROM casualty_shown
WHERE iso3 <> 'WLD'
  AND weapon = $weapon
  AND cause = $cause
  AND year BETWEEN $year_from AND $year_to
  AND ($publisher = 'any' OR publisher_kind = 'monitor')
ORDER BY iso3, year, publisher_kind <> 'monitor', publisher_kind;
