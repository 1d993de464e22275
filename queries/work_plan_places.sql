-- question: Where on this site is each element of the work plan found?
-- pages: work-plan
-- param section text = all: One part of the work plan
-- column position: Order in the document
-- column section: Part of the work plan
-- column element: The element in the project's own words
-- column place: Address on this site
-- column locator: Place in the work plan
-- column source_id: The work plan
-- column grade: primary or secondary
-- column note: Remark
SELECT position, section, element, place, locator, source_id, grade, note
FROM work_plan_elements
WHERE $section = 'all' OR section = $section
ORDER BY position;
