-- question: Which other values than the one shown do editions or sources print for a world total?
-- pages: new-victims, search
-- param weapon text = cluster_munition in cluster_munition|mine_erw: Weapon
-- column year: Year
-- column count: Persons killed or injured, as printed
-- column count_type: recorded, minimum (“at least”) or estimate
-- column edition: Editions that print the value, latest first
-- column earlier: Whether one of them is older than the edition of the value shown
-- column source_id: Source in which it was read
SELECT
    cells.year,
    cells.count,
    arg_min(cells.count_type, cells.rank) AS count_type,
    string_agg(DISTINCT cells.edition, ', ' ORDER BY cells.edition DESC) AS edition,
    coalesce(min(cells.edition_year) < any_value(shown.edition_year), false) AS earlier,
    arg_min(cells.source_id, cells.rank) AS source_id
FROM casualty_cells AS cells
JOIN casualty_shown AS shown USING (iso3, year, weapon, cause, publisher_kind)
WHERE iso3 = 'WLD' AND publisher_kind = 'monitor' AND weapon = $weapon AND cause = 'all'
  -- “at least 314” beside “314” is the same number, less exact
  AND cells.count <> shown.count
GROUP BY cells.year, cells.count
ORDER BY cells.year, min(cells.rank);
