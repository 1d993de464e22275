-- question: Which States belong to a group that a figure may be narrowed to?
-- pages: new-victims, states
-- param group state_groups.state_group = all: all, twelve, or a region
-- column iso3: State
SELECT iso3
FROM state_groups
WHERE state_group = $group
ORDER BY iso3;
