-- question: Which versions of the working document are recorded?
-- pages: work-plan
-- column version: Number of the version
-- column date: Day of the version as known
-- column status: draft, circulated, revised or presented
-- column title: Title
-- column url: Address
-- column note: What changed
SELECT version, date, status, title, url, note
FROM drafts
ORDER BY last_day_of(date), version;
