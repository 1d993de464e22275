-- question: How many States are bound by each instrument on a date?
-- pages: comparisons, integrated-approach
-- param as_of date = depositary: Day for which States are counted; a party counts from its deposit
-- column instrument: Instrument
-- column state_parties: States bound (the European Union, party to the CRPD, is not a State and not counted)
-- column signatories: States that signed and are not party
-- column withdrawn: States whose withdrawal has taken effect
SELECT
    instrument,
    count(*) FILTER (status = 'state_party') AS state_parties,
    count(*) FILTER (status = 'signatory') AS signatories,
    count(*) FILTER (status = 'withdrawn') AS withdrawn
FROM standing_on($as_of)
GROUP BY instrument, position
ORDER BY position;
