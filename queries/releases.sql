-- question: Which releases of the data have been made?
-- pages: what-changed
-- column release: Name of the release
-- column date: Day of the release
-- column title: What it is about; may be empty
-- column made_by: Who made it
-- column why: Why the data were changed
-- column table_count: Tables in the release
-- column row_count: Rows in all tables
-- column rows_changed: Rows that differ from the release before; empty for the first
-- column figures_changed: Figures that differ from the release before; empty for the first
-- column data_version: Twelve characters that stand for the content of the tables
SELECT
    release, date, title, made_by, why, table_count, row_count, rows_changed, figures_changed, data_version
FROM releases
-- the second release of a day ends in -2
ORDER BY date DESC, coalesce(TRY_CAST(substr(release, 12) AS INTEGER), 1) DESC;
