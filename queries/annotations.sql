-- question: Which short notes stand beside the years of a casualty series?
-- pages: new-victims, search
-- param series text = cluster_munition in cluster_munition|mine_erw: Series
-- column year: Year
-- column en: Note in English
-- column fr: Note in French; empty where not translated
-- column es: Note in Spanish; empty where not translated
-- column source_id: Source of the note
SELECT year, en, fr, es, source_id
FROM annotations
WHERE series = $series
ORDER BY year;
