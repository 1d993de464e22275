-- question: Which statements of the work plan do other sources confirm or correct?
-- pages: new-use, sources
-- column claim_id: Code of the statement
-- column claim: Statement
-- column agrees: yes, partly, no or not_found
-- column finding: What other sources say
-- column locator: Place in the work plan
-- column grade: primary or secondary, of the other sources
-- column source_id: The work plan
-- column other_sources: Documents that the finding rests on, separated by spaces
SELECT
    claims.claim_id, claims.claim, claims.agrees, claims.finding, claims.locator, claims.grade, claims.source_id,
    string_agg(others.source_id, ' ' ORDER BY others.source_id) AS other_sources
FROM work_plan_claims AS claims
LEFT JOIN work_plan_claim_sources AS others USING (claim_id)
GROUP BY ALL
ORDER BY list_position(['no', 'not_found', 'partly', 'yes'], any_value(claims.agrees)), claims.claim_id;
