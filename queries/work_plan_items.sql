-- question: What does the work plan foresee, who does it, what must come first, and what is recorded of it?
-- pages: work-plan
-- column id: Code of the item
-- column kind: objective, activity, milestone or output
-- column quarter_start: First quarter
-- column quarter_end: Last quarter
-- column label: The item in the project's own words
-- column who: Who is named
-- column depends_on: Codes of the items that come first, separated by semicolons
-- column status: What is recorded
-- column recorded: Whether an outcome is recorded
-- column in_plan: Whether it is a line of the work plan; the codes M are meetings that the plan works towards
-- column source_id: Source
-- column grade: primary or secondary
-- column note: Remark
SELECT
    id, kind, quarter_start, quarter_end, label, who, depends_on, status,
    NOT contains(lower(status), 'not recorded') AS recorded,
    NOT starts_with(id, 'M') AS in_plan,
    source_id, grade, note
FROM work_plan
ORDER BY
    list_position(['objective', 'activity', 'milestone', 'output'], kind),
    quarter_start,
    CAST(substr(id, 2) AS BIGINT);
