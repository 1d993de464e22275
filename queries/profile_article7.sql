-- question: Which reports of a State under Article 7 of the Convention on Cluster Munitions were found, and what else is known of its reporting?
-- pages: states
-- param iso3 states.iso3 = SOM: State
-- column iso3: State
-- column kind: report (a yearly report was looked for) or fact (a single fact)
-- column year: Year of the report; empty for a fact
-- column found: yes, late (found, dated after it was due), no (not found, which is not “not submitted”); empty for a fact
-- column date: Date of the report or the fact, as known
-- column va_section: yes where the part on victim assistance was seen
-- column fact: The fact, as found
-- column source_id: Source
-- column locator: Place in the source
-- column grade: primary or secondary
-- column note: Remark
SELECT iso3, 'report' AS kind, reporting_year AS year, found, date, va_section, NULL AS fact, source_id, locator, grade, note
FROM article7_reports
WHERE iso3 = $iso3
UNION ALL
SELECT iso3, 'fact', NULL, NULL, date, NULL, fact, source_id, locator, grade, note
FROM article7_context
WHERE iso3 = $iso3
ORDER BY kind = 'fact', year DESC NULLS LAST, date DESC NULLS LAST, fact, source_id;
