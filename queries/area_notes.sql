-- question: What is to be borne in mind about areas that are not States?
-- pages: overview, affected-states, new-victims
-- column iso3: Area
-- column note: Remark on how its name is to be read
SELECT iso3, note
FROM areas
WHERE kind = 'area' AND note IS NOT NULL
ORDER BY iso3;
