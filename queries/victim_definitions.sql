-- question: Who counts as a victim, by the words of instruments, standards and laws?
-- pages: comparisons, integrated-approach, resources, search, states
-- column code: Text
-- column name: Short name
-- column iso3: State whose law, standard or usage it is; empty for texts of many States
-- column part: convention, national, treaty (other conventions, plans and declarations) or guidance
-- column instrument: Name in full
-- column place: Article, paragraph or page of the words read
-- column year: Year of the text; empty where it was not read
-- column covers_killed: Whether the words read name people killed: yes, no or not_stated
-- column covers_injured: Whether they name people injured
-- column covers_family: Whether they name families
-- column covers_community: Whether they name communities
-- column harm_kinds: Kinds of harm named, separated by semicolons; empty for none
-- column cause_limit: What limits who counts
-- column threshold: Smallest share of impairment that counts, in per cent; empty where none is stated
-- column military_included: Whether military persons are included
-- column nature: obligation, commitment, guidance, recital, standard or law
-- column summary: Own summary
-- column note: Remark, how it was read
-- column source_id: Source
-- column locator: Place in the source
-- column grade: How it was read
SELECT
    code, name, iso3,
    CASE
        WHEN code = 'ccm' THEN 'convention'
        WHEN iso3 IS NOT NULL THEN 'national'
        WHEN nature IN ('guidance', 'standard') THEN 'guidance'
        ELSE 'treaty'
    END AS part,
    instrument, place, year, covers_killed, covers_injured, covers_family, covers_community, harm_kinds, cause_limit,
    threshold, military_included, nature, summary, note, source_id, locator, grade
FROM victim_definitions
ORDER BY list_position(['convention', 'national', 'treaty', 'guidance'], part), iso3, year NULLS LAST, code;
