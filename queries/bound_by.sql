-- question: By which instruments is each State of a group bound on a date, and since when?
-- pages: comparisons
-- param as_of date = depositary: Day for which the standing is given; a party counts from its deposit
-- param state_group text = twelve in twelve|all|africa|americas|asia|europe|oceania: The States with Article 5 obligations named by the work plan, all States, or one region
-- column iso3: State
-- column instrument: Instrument
-- column status: state_party, signatory (signed, not party), withdrawn or not_party
-- column action: Act that gives the standing; empty for not_party
-- column since: Date of that act as known; a withdrawal counts from the day it took effect
-- column source_id: Source of that act
SELECT iso3, instrument, status, action, since, source_id
FROM standing_on($as_of)
WHERE iso3 IN (SELECT iso3 FROM state_groups WHERE state_group = $state_group)
ORDER BY iso3, position;
