-- question: When did States join or leave an instrument?
-- pages: affected-states
-- param instrument instruments.instrument = CCM: Instrument
-- column iso3: State
-- column effect: signs, joins or leaves
-- column action: Act, as the depositary names it
-- column date: Date of the act as known
-- column counts_from: Day from which the act counts here; the last day of a year or month known no closer
-- column source_id: Source
SELECT iso3, effect, action, date, counts_from, source_id
FROM treaty_acts
WHERE instrument = $instrument AND effect IS NOT NULL
ORDER BY counts_from, iso3, effect;
