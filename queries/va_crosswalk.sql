-- question: What does each instrument ask for on each pillar of victim assistance?
-- pages: comparisons, integrated-approach, new-use
-- column pillar: Pillar
-- column instrument: Instrument or plan
-- column article: Article, action or section
-- column nature: obligation, commitment, guidance; none means no clause in the text read
-- column summary: Own summary
-- column text_seen: Whether the article itself was read
-- column source_id: Source
SELECT pillar, instrument, article, nature, summary, text_seen, source_id
FROM va_crosswalk
JOIN labels ON labels.list = 'pillar' AND labels.code = va_crosswalk.pillar
ORDER BY labels.position, instrument;
