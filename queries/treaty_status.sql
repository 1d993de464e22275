-- question: What is the standing of each State under each instrument on a date?
-- pages: affected-states, obligations, questions, states, integrated-approach, new-use
-- param as_of date = depositary: Day for which the standing is given; a party counts from its deposit
-- param instrument instruments.instrument = none: One instrument only
-- column iso3: State
-- column instrument: Instrument
-- column status: state_party, signatory (signed, not party), withdrawn or not_party
-- column action: Act that gives the standing; empty for not_party
-- column since: Date of that act as known (year only where no more is known); a withdrawal counts from the day it took effect
-- column source_id: Source of that act
SELECT iso3, instrument, status, action, since, source_id
FROM standing_on($as_of)
WHERE $instrument IS NULL OR instrument = $instrument
ORDER BY iso3, position;
