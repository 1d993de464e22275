-- question: For which places were shares of civilians, children, women or men among casualties published?
-- pages: new-victims, search
-- param weapon text = cluster_munition in cluster_munition|mine_erw: Series
-- column iso3: World, State or area
SELECT DISTINCT iso3
FROM victim_shares_printed
WHERE weapon = $weapon
ORDER BY iso3;
