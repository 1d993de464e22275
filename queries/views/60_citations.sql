-- Which document each table cites, where in it, and how it was read.
CREATE VIEW cited AS
SELECT 'actions' AS table_name, source_id, locator, grade FROM actions
UNION ALL SELECT 'annotations', source_id, locator, grade FROM annotations
UNION ALL SELECT 'apmbc_findings', source_id, locator, grade FROM apmbc_findings
UNION ALL SELECT 'apmbc_survivor_states', source_id, locator, grade FROM apmbc_survivor_states
UNION ALL SELECT 'article7_context', source_id, locator, grade FROM article7_context
UNION ALL SELECT 'article7_reports', source_id, locator, grade FROM article7_reports
UNION ALL SELECT 'casualties', source_id, locator, grade FROM casualties
UNION ALL SELECT 'casualty_names', source_id, locator, grade FROM casualty_names
UNION ALL SELECT 'casualty_periods', source_id, locator, grade FROM casualty_periods
UNION ALL SELECT 'casualty_shares', source_id, locator, grade FROM casualty_shares
UNION ALL SELECT 'casualty_totals', source_id, locator, grade FROM casualty_totals
UNION ALL SELECT 'corrections', source_id, locator, grade FROM corrections WHERE source_id IS NOT NULL
UNION ALL SELECT 'crpd_reports', source_id, locator, grade FROM crpd_reports
UNION ALL SELECT 'glossary', source_id, locator, grade FROM glossary
UNION ALL SELECT 'good_practices', source_id, locator, grade FROM good_practices
UNION ALL SELECT 'incidents', source_id, locator, grade FROM incidents
UNION ALL SELECT 'indicators', source_id, locator, grade FROM indicators
UNION ALL SELECT 'instrument_facts', source_id, locator, grade FROM instrument_facts
UNION ALL SELECT 'instruments', source_id, locator, grade FROM instruments
UNION ALL SELECT 'meetings', source_id, locator, grade FROM meetings
UNION ALL SELECT 'new_victims', source_id, locator, grade FROM new_victims
UNION ALL SELECT 'newer_editions', source_id, locator, grade FROM newer_editions WHERE source_id IS NOT NULL
UNION ALL SELECT 'obligation_findings', source_id, locator, grade FROM obligation_findings
UNION ALL SELECT 'obligation_list_notes', source_id, locator, grade FROM obligation_list_notes
UNION ALL SELECT 'obligation_lists', source_id, locator, grade FROM obligation_lists
UNION ALL SELECT 'protocol_v', source_id, locator, grade FROM protocol_v
UNION ALL SELECT 'questions', source_id, locator, grade FROM questions
UNION ALL SELECT 'recent_findings', source_id, locator, grade FROM recent_findings
UNION ALL SELECT 'reporting_dates', source_id, locator, grade FROM reporting_dates
UNION ALL SELECT 'resources', source_id, locator, grade FROM resources
UNION ALL SELECT 'stakeholders', source_id, locator, grade FROM stakeholders
UNION ALL SELECT 'states', source_id, locator, grade FROM states
UNION ALL SELECT 'survivors', source_id, locator, grade FROM survivors
UNION ALL SELECT 'treaty_actions', source_id, locator, grade FROM treaty_actions
UNION ALL SELECT 'treaty_conflicts', source_id, locator, grade FROM treaty_conflicts
UNION ALL SELECT 'treaty_events', source_id, locator, grade FROM treaty_events
UNION ALL SELECT 'va_crosswalk', source_id, locator, grade FROM va_crosswalk
UNION ALL SELECT 'victim_definitions', source_id, locator, grade FROM victim_definitions
UNION ALL SELECT 'work_plan', source_id, locator, grade FROM work_plan
UNION ALL SELECT 'work_plan_elements', source_id, locator, grade FROM work_plan_elements
UNION ALL SELECT 'work_plan_claim_sources', source_id, NULL, grade FROM work_plan_claim_sources
UNION ALL SELECT 'work_plan_claims', source_id, locator, grade FROM work_plan_claims;
