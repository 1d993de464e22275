-- Which States a comparison may be narrowed to: all, a region, or the States Parties
-- that the work plan of 2024 names as having obligations under Article 5 (twelve).
CREATE VIEW state_groups AS
SELECT 'all' AS state_group, iso3 FROM states
UNION ALL
SELECT region, iso3 FROM states
UNION ALL
SELECT DISTINCT 'twelve', iso3 FROM obligation_lists WHERE list = 'work_plan_2024' AND iso3 IS NOT NULL;
