-- question: What did a release change: which figure, from what to what, why and on whose word?
-- pages: what-changed
-- param release text = none: One release only
-- param iso3 text = none: One State or area only
-- param kind text = none in first|figure|row: Figures on the pages or rows of the tables only
-- column release: Name of the release
-- column date: Day of the release
-- column number: Place in the list of the release
-- column kind: first (the first release), figure (a figure on a page) or row (a row of a table)
-- column change: added, removed or changed
-- column table_names: Tables that the change comes from, separated by spaces
-- column query: Query that gives the figure
-- column question: The question that the figure answers, as worded at the release
-- column iso3: State or area; empty where the change is of no single one
-- column what: What changed, in words
-- column before: Value before; empty where there was none
-- column after: Value after; empty where there is none
-- column why: Why it changed
-- column source_id: First of the documents on whose word, if it is still in sources.csv
-- column said_by: The documents in words, as they stood at the release
-- column url: Address of that first document
-- column pages: Addresses of the pages that show the figure, separated by spaces
SELECT
    changes.release,
    releases.date,
    changes.number,
    changes.kind,
    changes.change,
    changes.table_names,
    changes.query,
    changes.question,
    changes.iso3,
    changes.what,
    changes.before,
    changes.after,
    changes.why,
    sources.id AS source_id,
    changes.said_by,
    sources.url,
    changes.pages
FROM changes
-- what is listed for no release is left from one that was interrupted
JOIN releases USING (release)
LEFT JOIN sources ON sources.id = split_part(changes.source_ids, ' ', 1)
WHERE ($release IS NULL OR changes.release = $release)
  AND ($iso3 IS NULL OR changes.iso3 = $iso3)
  AND ($kind IS NULL OR changes.kind = $kind)
ORDER BY
    releases.date DESC,
    coalesce(TRY_CAST(substr(changes.release, 12) AS INTEGER), 1) DESC,
    changes.number;
