-- question: Where does the evidence that counts rest on a document of which a newer one of the same series is among the sources?
-- pages: freshness
-- column iso3: State
-- column indicator: Indicator
-- column year: Year of the evidence; empty where undated
-- column row_key: The key of its row in obligation_findings.csv, parts joined by “|”; empty where there is no row yet
-- column source_id: Document that the evidence rests on
-- column published: Its date as known
-- column newer_source_id: Newest document of the same publisher and series
-- column newer_title: Its title
-- column newer_published: Its date as known
SELECT iso3, indicator, year, row_key, source_id, published, newer_source_id, newer_title, newer_published
FROM evidence_with_newer_document
ORDER BY iso3, indicator;
