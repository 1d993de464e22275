-- question: Where is nothing known: indicators, years of casualties and guiding questions, State by State?
-- pages: freshness
-- column kind: indicator (no finding), casualties (no figure and not named in a year beside one that has either) or question (no answer recorded)
-- column iso3: State of the work plan's list
-- column item: The indicator, the year or the guiding question
-- the year after the newest of all belongs to an edition to come
SELECT kind, iso3, item
FROM gaps
ORDER BY kind, iso3, item;
