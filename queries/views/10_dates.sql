-- Dates known to the year or the month only.
-- An act counts from the last day it can have happened on, so that nobody is shown
-- as bound before that is certain; an end counts from the same day.
CREATE MACRO last_day_of(partial) AS
    CASE length(partial)
        WHEN 4 THEN make_date(CAST(partial AS BIGINT), 12, 31)
        WHEN 7 THEN last_day(TRY_CAST(partial || '-01' AS DATE))
        ELSE TRY_CAST(partial AS DATE) -- the rule partial_dates names what is no date
    END;

CREATE MACRO first_day_of(partial) AS
    CASE length(partial)
        WHEN 4 THEN make_date(CAST(partial AS BIGINT), 1, 1)
        WHEN 7 THEN TRY_CAST(partial || '-01' AS DATE)
        ELSE TRY_CAST(partial AS DATE) -- the rule partial_dates names what is no date
    END;

-- The latest day that has begun anywhere on Earth (UTC+14), whatever clock the server has: what is later is the future.
CREATE MACRO latest_day() AS CAST(make_timestamp(epoch_us(now())) + INTERVAL 14 HOURS AS DATE);
