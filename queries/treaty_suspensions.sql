-- question: Which suspensions of an instrument were announced, who answered, and what is the State's standing?
-- pages: comparisons
-- param as_of date = depositary: Events up to this day, and the standing on it
-- column iso3: State that announced or answered
-- column instrument: Instrument
-- column event: suspension_announced, suspension_circulated_by_depositary, objection_to_suspension_by_…
-- column date: Date as known
-- column standing: Standing of that State under the instrument on the day asked for
-- column source_id: Source
-- column grade: primary or secondary
-- column note: Remark
SELECT events.iso3, events.instrument, events.event, events.date, standings.status AS standing, events.source_id, events.grade, events.note
FROM treaty_events AS events
LEFT JOIN standing_on($as_of) AS standings
    ON standings.iso3 = events.iso3 AND standings.instrument = events.instrument
WHERE events.event LIKE '%suspension%' AND last_day_of(events.date) <= $as_of
ORDER BY events.date, events.iso3;
