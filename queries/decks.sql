-- question: Which slides do the decks for presenting hold, in which order?
-- pages: my-deck, use-the-data
-- param deck decks.deck = none: One deck only
-- column deck: Deck
-- column position: Place of the slide
-- column kind: Kind of slide
-- column view: View that is shown; empty for words only
-- column parameters: Parameters of the view
-- column title: In place of the finding; empty where the finding stands
-- column message: Sentence on the slide
-- column note: For the speaker only
-- column seconds: Time for the slide
SELECT deck, position, kind, view, parameters, title, message, note, seconds
FROM decks
WHERE $deck IS NULL OR deck = $deck
ORDER BY deck, position
