-- question: How many casualties did the Monitor record worldwide in each year?
-- pages: affected-states, new-victims, search
-- param weapon text = cluster_munition in cluster_munition|mine_erw: Weapon; the two series overlap and are never added
-- param cause text = all in all|attack|remnant: Cause
-- column year: Year
-- column count: Persons killed or injured, as the latest edition prints it
-- column count_type: recorded, minimum (“at least”) or estimate
-- column edition: Edition that prints the value
-- column source_id: Source in which it was read
-- column other_values: What other editions or sources print for the same cell
SELECT year, count, count_type, edition, source_id, other_values
FROM casualty_shown
WHERE iso3 = 'WLD' AND publisher_kind = 'monitor' AND weapon = $weapon AND cause = $cause
ORDER BY year;
